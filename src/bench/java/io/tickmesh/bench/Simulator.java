package io.tickmesh.bench;

import java.nio.file.Path;
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
        process = ServerProcess.java(
                "simulator",
                directory,
                List.of(
                        "-jar",
                        jar.toString(),
                        "sim",
                        "--set",
                        "sim.port=0",
                        "--set",
                        "sim.turn=1ms",
                        "--set",
                        "sim.ticks_per_second=" + scenario.ticksPerSymbol()));
        url = process.awaitOutput(STARTED).group(1);
        web.send(
                "PATCH",
                url + "/control/settings",
                "{\"keys\":[\"" + NODE_KEY + "\",\"" + PLAIN_KEY + "\",\"" + NODE_JS_KEY + "\"],\"ticker_cap\":" + scenario.symbols() + '}');
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
