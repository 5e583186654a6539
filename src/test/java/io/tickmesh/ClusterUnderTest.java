package io.tickmesh;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Nodes as processes, their stock feed live against a simulator that is a process too, and clients that watch. */
final class ClusterUnderTest implements AutoCloseable {
    static final List<String> VOTERS = List.of("n1", "n2", "n3");
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String FEED = "stock";

    private static final Duration POLL = Duration.ofMillis(50);
    private static final List<String> NAMES = List.of("n1", "n2", "n3", "n4");

    private final Path directory;
    private final Site site;
    private final List<String> settings;
    private final String cluster = "cluster.name=" + UUID.randomUUID();
    private final NodeProcess simulator;
    private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();
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
        this.settings.add("upstream.ping_interval=1s");
        NAMES.forEach(site::prepare);
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
        NodeUnderTest.send(HttpRequest.newBuilder(simulator.simulator().resolve("/control/settings"))
                .method("PATCH", HttpRequest.BodyPublishers.ofString(change.encode()))
                .build());
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
        }
        return this;
    }

    private NodeProcess launch(String name) {
        List<String> all = new ArrayList<>(settings);
        all.add(cluster);
        all.add("node.name=" + name);
        all.add("cluster.host=" + site.inside(name));
        all.add("cluster.members=" + site.members());
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

    /** The first of the running nodes that is not the owner. */
    String other() {
        String owner = owner();
        return nodes.keySet().stream()
                .filter(each -> !each.equals(owner))
                .findFirst()
                .orElseThrow();
    }

    static String get(URI base, String path) {
        return NodeUnderTest.send(HttpRequest.newBuilder(base.resolve(path)).build())
                .body();
    }

    static JsonArray post(URI base, String path, JsonArray body) {
        String answer = NodeUnderTest.send(HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                        .build())
                .body();
        return new JsonObject(answer).getJsonArray("symbols");
    }

    private URI socketDoor(String name) {
        return URI.create(node(name).http().toString().replace("http://", "ws://"));
    }

    /** A client in the native dialect at a node. */
    Watcher stream(String name, String... topics) {
        return watched(Watcher.stream(name, socketDoor(name), List.of(topics)));
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

    /** A client goes. */
    void drop(Watcher watcher) {
        watcher.check();
        watchers.remove(watcher);
        watcher.close();
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
                    late.getMessage() + "\n" + watchers + "\nopen upstream: " + upstream.open(FEED) + "\nlogs in "
                            + directory,
                    late);
        }
    }

    /** Nothing was sent upstream by two at once, and no client saw a broken promise. */
    void check() {
        List<String> overlaps = upstream().overlaps();
        if (!overlaps.isEmpty()) {
            throw new AssertionError("two nodes sent upstream at once: " + overlaps + "\nlogs in " + directory);
        }
        watchers.forEach(Watcher::check);
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
