package io.tickmesh.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One door of a node. */
record NodeSubject(String name, Door door, InetSocketAddress address, String management, ServerProcess process, Web web)
        implements Subject {
    private static final Pattern STARTED = Pattern.compile("serves on (http://\\S+)/ \\(management (http://\\S+)/\\)");
    /** Short, so that nothing of one round is left in the next. */
    private static final String LINGER = "100ms";

    /** Starts a node on the simulator's stocks; gives its doors, which share the process. */
    static List<NodeSubject> start(Path jar, Path directory, List<String> javaOptions, Simulator simulator, Web web) {
        return start("node", jar, directory, javaOptions, simulator, web);
    }

    /** The same with a name of its own; nodes of one benchmark find each other. */
    static List<NodeSubject> start(
            String name, Path jar, Path directory, List<String> javaOptions, Simulator simulator, Web web) {
        List<String> arguments = new ArrayList<>(javaOptions);
        arguments.addAll(List.of("-jar", jar.toString(), "--port", Integer.toString(freePort())));
        for (String setting : List.of(
                "management.port=0",
                "cluster.name=bench-" + ProcessHandle.current().pid(),
                "cluster.members=127.0.0.1",
                "limits.linger=" + LINGER,
                "feeds.fmp.mode=live",
                "feeds.fmp.url=" + simulator.socket(),
                "feeds.fmp.api_key=" + Simulator.NODE_KEY,
                "feeds.fmp-crypto.mode=off",
                "feeds.fmp-forex.mode=off")) {
            arguments.addAll(List.of("--set", setting));
        }
        ServerProcess process = new ServerProcess(name, directory, arguments);
        Matcher started = process.awaitOutput(STARTED);
        InetSocketAddress address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(started.group(1)).getPort());
        return List.of(
                new NodeSubject(name + ", contract 1", Door.PRICES, address, started.group(2), process, web),
                new NodeSubject(name + ", native", Door.STREAM, address, started.group(2), process, web));
    }

    @Override
    public List<ServerProcess> processes() {
        return List.of(process);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchFailure("no free port", e);
        }
    }

    @Override
    public Account account() {
        Metrics metrics = new Metrics(web.get(management + "/metrics"));
        String dialect = door.name().toLowerCase(Locale.ROOT);
        String label = Metrics.dialectLabel(dialect);
        return new Account(
                (long) metrics.sum("tickmesh_upstream_ticks_total", ""),
                (long) metrics.sum("tickmesh_client_conflated_total", label),
                (long) metrics.sum("tickmesh_client_flushes_total", label),
                metrics.latencies(dialect));
    }
}
