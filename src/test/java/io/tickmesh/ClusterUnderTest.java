package io.tickmesh;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Nodes as processes, their stock feed live against a simulator that is a process too, and clients that watch. */
final class ClusterUnderTest implements AutoCloseable {
    static final List<String> VOTERS = List.of("n1", "n2", "n3");
    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final String FEED = "stock";

    /** What a voter only listens for after its start, and a little more. */
    private static final Duration LISTENING = Duration.ofMillis(2_800);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final List<String> NAMES = List.of("n1", "n2", "n3", "n4");

    private final Path directory;
    private final Site site;
    private final List<String> settings;
    private final String cluster = "cluster.name=" + UUID.randomUUID();
    private final NodeProcess simulator;
    private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Long> started = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final UpstreamLog upstream = new UpstreamLog();

    /** Only the simulator at first, with so many ticks per symbol and second. */
    ClusterUnderTest(Site site, List<String> voters, double ticksPerSecond, String... settings) {
        this.site = site;
        directory = Path.of("target", "cluster", UUID.randomUUID().toString()).toAbsolutePath();
        this.settings = new ArrayList<>(List.of(settings));
        this.settings.add("cluster.voters=" + String.join(",", voters));
        this.settings.add("feeds.fmp-crypto.mode=off");
        this.settings.add("feeds.fmp-forex.mode=off");
        for (String other : List.of("kis", "kiwoom", "upbit")) {
            this.settings.add("feeds." + other + ".mode=off");
        }
        this.settings.add("upstream.ping_interval=1s");
        NAMES.forEach(site::prepare);
        NAMES.forEach(name -> ports.put(name, ClusterPorts.next()));
        simulator = NodeProcess.run(
                        directoryOf("sim"),
                        List.of(),
                        arguments(
                                List.of("sim"),
                                "sim.host=" + site.provider(),
                                "sim.port=0",
                                "sim.ticks_per_second=" + ticksPerSecond))
                .started();
        change(new JsonObject()
                .put(
                        "keys",
                        new JsonArray(NAMES.stream().map(ClusterUnderTest::key).toList())));
    }

    private static String key(String node) {
        return "sim-key-" + node;
    }

    /** Settings of the simulator. */
    void change(JsonObject change) {
        HttpResponse<String> answer =
                NodeUnderTest.send(HttpRequest.newBuilder(simulator.simulator().resolve("/control/settings"))
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(change.encode()))
                        .build());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    private Path directoryOf(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> arguments(List<String> first, String... assignments) {
        List<String> arguments = new ArrayList<>(first);
        for (String each : assignments) {
            arguments.add("--set");
            arguments.add(each);
        }
        return arguments;
    }

    /** Starts nodes, one after another. */
    ClusterUnderTest start(String... names) {
        for (String name : names) {
            nodes.put(name, launch(name).started());
            started.put(name, System.nanoTime());
        }
        return this;
    }

    private NodeProcess launch(String name) {
        List<String> all = new ArrayList<>(settings);
        all.add(cluster);
        all.add("node.name=" + name);
        all.add("cluster.host=" + site.inside(name));
        all.add("cluster.port=" + ports.get(name));
        all.add("cluster.members="
                + NAMES.stream()
                        .map(each -> site.inside(each) + ':' + ports.get(each))
                        .collect(Collectors.joining(",")));
        all.add("http.host=" + site.door(name));
        all.add("http.port=0");
        all.add("management.host=" + site.door(name));
        all.add("management.port=0");
        all.add("feeds.fmp.mode=live");
        all.add("feeds.fmp.api_key=" + key(name));
        all.add("feeds.fmp.url=" + simulator.simulator().toString().replace("http://", "ws://") + '/' + FEED);
        return NodeProcess.run(
                directoryOf(name), site.launcher(name), arguments(List.of(), all.toArray(String[]::new)));
    }

    Path directory() {
        return directory;
    }

    /** The names of the nodes that are not ended, paused ones too. */
    List<String> nodes() {
        return List.copyOf(nodes.keySet());
    }

    NodeProcess node(String name) {
        @Nullable NodeProcess node = nodes.get(name);
        if (node == null) {
            throw new AssertionError("node " + name + " does not run");
        }
        return node;
    }

    /** SIGKILL. */
    void kill(String name) {
        gone(name).signal("KILL");
    }

    /** SIGTERM; what then waits for the end of the process. */
    NodeProcess leave(String name) {
        NodeProcess leaving = gone(name);
        leaving.signal("TERM");
        return leaving;
    }

    private NodeProcess gone(String name) {
        NodeProcess node = node(name);
        nodes.remove(name);
        return node;
    }

    void pause(String name) {
        paused.add(name);
        node(name).signal("STOP");
    }

    void resume(String name) {
        paused.remove(name);
        node(name).signal("CONT");
    }

    /** What the simulator saw, as of now. */
    UpstreamLog upstream() {
        upstream.take(new JsonObject(get(simulator.simulator(), "/control/sessions")).getJsonArray("sessions"));
        return upstream;
    }

    /** The node that is logged in, and alone. */
    String owner() {
        awaiting("one node is logged in", () -> upstream().open(FEED).size() == 1);
        return UpstreamLog.nodeOf(upstream.open(FEED).get(0));
    }

    /** The running nodes but that one. */
    List<String> others(String but) {
        return nodes.keySet().stream().filter(each -> !each.equals(but)).toList();
    }

    /** Waits until another node than that has logged in, and data from it has come to the clients of all others. */
    void awaitTakeover(String from) {
        awaiting("another than " + from + " logs in", () -> {
            List<JsonObject> open = upstream().open(FEED);
            return !open.isEmpty()
                    && !UpstreamLog.nodeOf(open.get(open.size() - 1)).equals(from);
        });
        awaitFlow(others(from), System.nanoTime());
    }

    /** Three nodes run again, vote, and one of them or a fourth is the owner. */
    void restoreVoters() {
        for (String name : VOTERS) {
            if (!nodes.containsKey(name)) {
                start(name);
            }
        }
        nodes.keySet().forEach(this::awaitVoting);
        owner();
    }

    /** Waits until a node is ready and has listened long enough to vote (design, section 6). */
    void awaitVoting(String name) {
        awaiting(
                name + " is ready and votes",
                () -> System.nanoTime() - started.getOrDefault(name, 0L) > LISTENING.toNanos()
                        && NodeUnderTest.send(HttpRequest.newBuilder(
                                                        node(name).management().resolve("/health/ready"))
                                                .build())
                                        .statusCode()
                                == 200);
    }

    /** Three nodes run again, and no more. */
    void restore() {
        for (String name : NAMES) {
            if (nodes.containsKey(name) && !VOTERS.contains(name)) {
                leave(name).exitCode();
            }
        }
        restoreVoters();
    }

    static String get(URI base, String path) {
        return NodeUnderTest.send(HttpRequest.newBuilder(base.resolve(path)).build())
                .body();
    }

    /** Pins a symbol at a node, by contract 1. */
    void pin(String name, String symbol) {
        post(name, "/api/v2/realtime/subscribe", symbol);
    }

    void unpin(String name, String symbol) {
        post(name, "/api/v2/realtime/unsubscribe", symbol);
    }

    private void post(String name, String path, String symbol) {
        HttpRequest request = HttpRequest.newBuilder(node(name).http().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        new JsonArray().add(symbol).encode()))
                .build();
        awaiting(path + " is taken", () -> NodeUnderTest.send(request).statusCode() == 200);
    }

    /** The provider's time of the newest value of a symbol that a node has, in epoch milliseconds; 0 if it has none. */
    long cachedAt(String name, String symbol) {
        JsonObject answer = new JsonObject(get(node(name).http(), "/api/v2/realtime/cache/" + symbol));
        @Nullable JsonObject data = answer.getJsonObject("data");
        return data == null ? 0 : data.getLong("timestamp");
    }

    /** Where clients of a node come in by WebSocket. */
    URI socketDoor(String name) {
        return URI.create(node(name).http().toString().replace("http://", "ws://"));
    }

    /** A client in the native dialect at a node. */
    Watcher stream(String name, List<String> topics) {
        return watched(Watcher.stream(name, socketDoor(name), topics));
    }

    /** A client of contract 1 at a node. */
    Watcher prices(String name, String... symbols) {
        return watched(Watcher.prices(name, socketDoor(name), List.of(symbols)));
    }

    private Watcher watched(Watcher watcher) {
        watchers.add(watcher);
        return watcher;
    }

    /** Those at these nodes. */
    List<Watcher> watchersAt(List<String> names) {
        return watchers.stream().filter(each -> names.contains(each.node())).toList();
    }

    /** All clients go. */
    void dropAll() {
        watchers.forEach(Watcher::close);
        watchers.clear();
    }

    /** A client goes. */
    void drop(Watcher watcher) {
        watcher.check();
        watchers.remove(watcher);
        watcher.close();
    }

    /** The clients of a node that has ended do not come back. */
    void forget(String name) {
        watchersAt(List.of(name)).forEach(this::drop);
    }

    void mark(long nanos) {
        watchers.forEach(each -> each.mark(nanos));
    }

    /** Waits until every topic at those nodes has had data after that time. */
    void awaitFlow(List<String> names, long nanos) {
        List<Watcher> there = watchersAt(names);
        awaiting("data flows at " + names, () -> there.stream().allMatch(each -> each.flowsSince(nanos)));
    }

    void awaitFlow() {
        awaitFlow(nodes(), System.nanoTime());
    }

    /** Waits for a condition, and says what the watchers saw if it does not come. */
    void awaiting(String what, Callable<Boolean> condition) {
        try {
            await(what)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(condition);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    late.getMessage() + "\n" + watchers + "\nopen upstream: "
                            + upstream().open(FEED) + "\nlogs in " + directory,
                    late);
        }
    }

    /** Nothing was sent upstream by two at once, and no client saw a broken promise. */
    void check() {
        List<String> overlaps = upstream().overlaps();
        if (!overlaps.isEmpty()) {
            throw new AssertionError("two nodes sent upstream at once: " + overlaps + "\nlogs in " + directory);
        }
        checkClients();
    }

    /** No client saw a broken promise. */
    void checkClients() {
        watchers.forEach(Watcher::check);
    }

    /** No topic of the clients at those nodes was silent for longer since the mark. */
    void expectSilenceBelow(Duration bound, List<String> names) {
        for (Watcher each : watchersAt(names)) {
            if (each.longestSilence() >= bound.toMillis()) {
                throw new AssertionError(each.longestSilence() + " ms without data, not below " + bound + ": " + each
                        + "\nlogs in " + directory);
            }
        }
    }

    /** Stays as it is until so much time has passed since. */
    void pass(Duration time, long sinceNanos) {
        awaiting(time + " have passed", () -> System.nanoTime() - sinceNanos > time.toNanos());
    }

    @Override
    public void close() {
        watchers.forEach(Watcher::close);
        paused.stream().filter(nodes::containsKey).forEach(each -> node(each).signal("CONT"));
        nodes.values().forEach(NodeProcess::close);
        simulator.close();
        site.close();
    }
}
