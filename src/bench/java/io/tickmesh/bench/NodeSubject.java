package io.tickmesh.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One door of a node. */
record NodeSubject(String name, Door door, InetSocketAddress address, String management, ServerProcess process, Web web)
        implements Subject {
    private static final Pattern STARTED = Pattern.compile("serves on (http://\\S+)/ \\(management (http://\\S+)/\\)");
    /** Short, so that nothing of one round is left in the next. */
    private static final String LINGER = "100ms";

    private static final int MOST_SYMBOLS = 5_000;

    /**
     * Starts a node on the simulator's stocks, as users do; gives its doors, which share the process. Nodes of one benchmark
     * find each other.
     */
    static List<NodeSubject> start(String name, Bed bed, Simulator simulator, List<String> settings) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(bed.launcher().toString(), "--port", Integer.toString(freePort())));
        for (String setting : List.of(
                "management.port=0",
                "cluster.name=bench-" + ProcessHandle.current().pid(),
                "cluster.members=127.0.0.1",
                "limits.linger=" + LINGER,
                "feeds.fmp.mode=live",
                "feeds.fmp.url=" + simulator.socket(),
                "feeds.fmp.api_key=" + Simulator.NODE_KEY,
                "feeds.fmp.max_subscriptions=" + MOST_SYMBOLS,
                "feeds.fmp-crypto.mode=off",
                "feeds.fmp-forex.mode=off",
                "feeds.kis.mode=off",
                "feeds.kiwoom.mode=off",
                "feeds.upbit.mode=off")) {
            command.addAll(List.of("--set", setting));
        }
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        bed.options().settings().forEach(setting -> command.addAll(List.of("--set", setting)));
        ServerProcess process = new ServerProcess(name, bed.directory(), command, environment(name, bed));
        Matcher started = process.awaitOutput(STARTED);
        InetSocketAddress address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(started.group(1)).getPort());
        return List.of(
                new NodeSubject(name + ", contract 1", Door.PRICES, address, started.group(2), process, bed.web()),
                new NodeSubject(name + ", native", Door.STREAM, address, started.group(2), process, bed.web()));
    }

    private static Map<String, String> environment(String name, Bed bed) {
        List<String> java = new ArrayList<>();
        java.add(ServerProcess.gcLogOption(name, bed.directory()));
        java.addAll(bed.options().serverOptions());
        java.addAll(bed.options().nodeOptions());
        return Map.of(
                "TICKMESH_JAVA_HOME",
                ServerProcess.javaHome().toString(),
                "TICKMESH_JAVA_OPTS",
                String.join(" ", java));
    }

    /** The one that speaks the native dialect. */
    static NodeSubject stream(List<NodeSubject> doors) {
        return doors.stream()
                .filter(each -> each.door() == Door.STREAM)
                .findFirst()
                .orElseThrow();
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
