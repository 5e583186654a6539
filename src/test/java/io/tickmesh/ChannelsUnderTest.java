package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/** Nodes as processes that serve channels and nothing else, and clients that watch. */
final class ChannelsUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOKEN = "token-of-the-operator";
    private static final Duration POLL = Duration.ofMillis(50);
    private static final List<String> FEEDS = List.of("fmp", "fmp-crypto", "fmp-forex", "kis", "kiwoom", "upbit");

    private final Path directory =
            Path.of("target", "cluster", UUID.randomUUID().toString()).toAbsolutePath();
    private final String cluster = "cluster.name=" + UUID.randomUUID();
    private final Site site;
    private final List<String> settings;
    private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final List<ChannelMember> members = new ArrayList<>();

    ChannelsUnderTest(Site site, String... settings) {
        this.site = site;
        this.settings = List.of(settings);
    }

    /** Starts nodes, one after another, and waits until they are one service. */
    ChannelsUnderTest start(String... names) {
        try {
            for (String name : names) {
                site.prepare(name);
                NodeProcess node = launch(name);
                nodes.put(name, node);
                node.started();
            }
            awaitTogether(nodes.keySet());
        } catch (AssertionError | RuntimeException failed) {
            // nobody has this to close it yet
            close();
            throw failed;
        }
        return this;
    }

    private NodeProcess launch(String name) {
        List<String> arguments = new ArrayList<>();
        Stream.concat(
                        Stream.of(
                                cluster,
                                "node.name=" + name,
                                "cluster.host=" + site.inside(name),
                                "cluster.members=" + site.members(),
                                "http.host=" + site.door(name),
                                "http.port=0",
                                "management.host=" + site.door(name),
                                "management.port=0",
                                "management.token=" + TOKEN,
                                "channels.require_auth=false"),
                        Stream.concat(FEEDS.stream().map(each -> "feeds." + each + ".mode=off"), settings.stream()))
                .forEach(each -> arguments.addAll(List.of("--set", each)));
        return NodeProcess.run(directoryOf(name), site.launcher(name), arguments);
    }

    private Path directoryOf(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NodeProcess node(String name) {
        NodeProcess node = nodes.get(name);
        if (node == null) {
            throw new AssertionError("node " + name + " does not run");
        }
        return node;
    }

    /** The names of the nodes that are not ended, paused ones too. */
    List<String> nodes() {
        return List.copyOf(nodes.keySet());
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

    /** A client that is let in at a node; the path may have a query. */
    ChannelMember member(String node, String path) {
        ChannelMember member = new ChannelMember(path.split("\\?", 2)[0], socket(node, path));
        members.add(member);
        return member;
    }

    SocketClient socket(String node, String path) {
        return new SocketClient(
                URI.create(node(node).http().resolve("/ws/" + path).toString().replace("http://", "ws://")));
    }

    String get(String node, String path) {
        return ClusterUnderTest.get(node(node).http(), path);
    }

    /** Sends by the operators' route; how many were reached. */
    int send(String node, String target, String message) {
        HttpResponse<String> answer = NodeUnderTest.send(
                HttpRequest.newBuilder(node(node).management().resolve("/admin/ws-send/" + target))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofString(message.replace('\'', '"')))
                        .build());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return new JsonObject(answer.body()).getInteger("reached");
    }

    /** A text to all in a channel. */
    int say(String node, String channel, String text) {
        return send(node, "channel/" + channel, "{'type':'m','channel':'" + channel + "','text':'" + text + "'}");
    }

    /** These see each other, and nobody else, and know who is where. */
    void awaitTogether(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        for (String name : all) {
            awaiting(name + " serves channels with " + all, () -> {
                assertThat(level(name, "tickmesh_channel_nodes")).isEqualTo(all.size());
                assertThat(level(name, "tickmesh_channel_awaited")).isZero();
            });
        }
    }

    private double level(String node, String name) {
        return ClusterUnderTest.get(node(node).management(), "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }

    /** Tries until it does not fail, and says what the clients saw if that does not come. */
    void awaiting(String what, ThrowingRunnable attempt) {
        try {
            await(what)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .untilAsserted(attempt);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(late.getMessage() + "\n" + members + "\nlogs in " + directory, late);
        }
    }

    /** Stays as it is until so much time has passed since. */
    void pass(Duration time, long sinceNanos) {
        awaiting(
                time + " have passed",
                () -> assertThat(System.nanoTime() - sinceNanos).isGreaterThan(time.toNanos()));
    }

    /** No client saw a broken promise. */
    void check() {
        members.forEach(ChannelMember::check);
    }

    void dropAll() {
        members.forEach(ChannelMember::close);
        members.clear();
    }

    @Override
    public void close() {
        dropAll();
        paused.stream().filter(nodes::containsKey).forEach(each -> node(each).signal("CONT"));
        nodes.values().forEach(NodeProcess::close);
        site.close();
    }
}
