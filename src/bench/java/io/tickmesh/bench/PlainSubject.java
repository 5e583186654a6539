package io.tickmesh.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A baseline: it takes the requests of contract 1, and answers HTTP with the count of ticks that it received. */
record PlainSubject(String name, String url, ServerProcess process, Web web) implements Subject {
    private static final Pattern STARTED = Pattern.compile("plain server on (http://\\S+)");

    static PlainSubject start(
            Path directory, List<String> javaOptions, Simulator simulator, Scenario scenario, Web web) {
        List<String> arguments = new ArrayList<>(javaOptions);
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), PlainServer.class.getName()));
        arguments.addAll(List.of(simulator.socket(), Simulator.PLAIN_KEY, String.join(",", scenario.symbolNames())));
        ServerProcess process = ServerProcess.java("plain", directory, arguments);
        return new PlainSubject("plain Vert.x", process.awaitOutput(STARTED).group(1), process, web);
    }

    @Override
    public List<ServerProcess> processes() {
        return List.of(process);
    }

    @Override
    public Door door() {
        return Door.PRICES;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(url).getPort());
    }

    @Override
    public Account account() {
        return new Account(Long.parseLong(web.get(url)), 0, 0, Map.of());
    }
}
