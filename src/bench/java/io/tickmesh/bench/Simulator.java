package io.tickmesh.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The provider, as a process of its own: the same ticks for every server under test, whether they keep up or not. */
final class Simulator implements AutoCloseable {
    static final String NODE_KEY = "sim-key";
    static final String PLAIN_KEY = "plain-key";
    static final String NODE_JS_KEY = "node-js-key";

    private static final Pattern STARTED = Pattern.compile("simulates on (http://\\S+)");

    private final ServerProcess process;
    private final String url;
    private final Web web;

    Simulator(Path jar, Path directory, Scenario scenario, Web web) {
        this.web = web;
        List<String> arguments = new ArrayList<>(List.of("-jar", jar.toString(), "sim"));
        for (String setting : List.of(
                "sim.port=0",
                "sim.turn=2ms",
                "sim.ticks_per_second=" + scenario.ticksPerSymbol(),
                "feeds.kis.mode=off",
                "feeds.kiwoom.mode=off",
                "feeds.upbit.mode=off")) {
            arguments.addAll(List.of("--set", setting));
        }
        process = ServerProcess.java("simulator", directory, arguments);
        url = process.awaitOutput(STARTED).group(1);
        web.send(
                "PATCH",
                url + "/control/settings",
                "{\"keys\":[\"" + NODE_KEY + "\",\"" + PLAIN_KEY + "\",\"" + NODE_JS_KEY + "\"],\"ticker_cap\":"
                        + scenario.symbols() + '}');
    }

    /** Where the provider's socket for stocks is. */
    String socket() {
        return url.replaceFirst("^http", "ws") + "/stock";
    }

    /** Stops or starts the ticks of all symbols at once. */
    void mute(boolean on) {
        web.send("POST", url + "/control/fault/mute", "{\"feed\":\"stock\",\"on\":" + on + '}');
    }

    /** Changes how often each symbol ticks. */
    void rate(double ticksPerSymbol) {
        web.send("PATCH", url + "/control/settings", "{\"ticks_per_second\":" + ticksPerSymbol + '}');
    }

    Usage usage() {
        return process.usage();
    }

    @Override
    public void close() {
        process.close();
    }
}
