package io.tickmesh;

import io.tickmesh.config.Assignment;
import io.tickmesh.config.ConfigLoader;
import io.tickmesh.config.Inputs;
import io.tickmesh.config.Loaded;
import io.tickmesh.config.NodeConfig;
import io.tickmesh.config.SimConfig;
import io.tickmesh.sim.FmpSimSettings;
import io.tickmesh.sim.FmpSimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole node in this JVM, the three feeds of FMP live against a simulator that the test controls. */
final class NodeUnderTest implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final @Nullable Vertx simVertx;
    private final FmpSimulator sim;
    private final Node node;

    /** A quiet simulator: nothing comes but what the test emits. */
    static NodeUnderTest quiet(String... settings) {
        return new NodeUnderTest(FmpSimSettings.DEFAULTS.with("quiet", true), settings);
    }

    /** A simulator whose market stands still: heartbeats, and what the test emits. */
    static NodeUnderTest still(int heartbeatMillis, String... settings) {
        return new NodeUnderTest(0, FmpSimSettings.DEFAULTS.with("heartbeat_ms", heartbeatMillis), settings);
    }

    NodeUnderTest(FmpSimSettings simSettings, String... settings) {
        this(4, simSettings, settings);
    }

    private NodeUnderTest(int ticksPerSecond, FmpSimSettings simSettings, String... settings) {
        simVertx = Vertx.vertx();
        sim = new FmpSimulator(new SimConfig("127.0.0.1", 0, 1, ticksPerSecond), simSettings);
        await(simVertx.deployVerticle(sim));
        node = start(settings);
    }

    /** Another node of the same cluster, if the settings say so, and for the same simulator. */
    private NodeUnderTest(NodeUnderTest first, String... settings) {
        simVertx = null;
        sim = first.sim;
        node = start(settings);
    }

    NodeUnderTest beside(String... settings) {
        return new NodeUnderTest(this, settings);
    }

    private Node start(String... settings) {
        List<String> all = new ArrayList<>();
        for (String asset : List.of("stock", "crypto", "forex")) {
            String feed = asset.equals("stock") ? "fmp" : "fmp-" + asset;
            all.add("feeds." + feed + ".mode=live");
            all.add("feeds." + feed + ".url=" + sim.url(asset));
            all.add("feeds." + feed + ".api_key=sim-key");
        }
        for (String other : List.of("kis", "kiwoom", "upbit")) {
            all.add("feeds." + other + ".mode=off");
        }
        all.addAll(List.of(settings));
        return await(Node.start(config(all.toArray(String[]::new))));
    }

    static NodeConfig config(String... settings) {
        return config(null, settings);
    }

    /** With a file of settings beside those. */
    static NodeConfig config(@Nullable Path file, String... settings) {
        List<Assignment> assignments = Stream.concat(
                        Stream.of("http.port=0", "management.port=0", "cluster.name=" + UUID.randomUUID()),
                        Stream.of(settings))
                .map(text -> new Assignment(
                        text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1), "test"))
                .toList();
        String name = file == null ? null : file.toString();
        Loaded loaded = ConfigLoader.load(new Inputs(Map.of(), Path.of("target"), 1, name, assignments));
        if (loaded instanceof Loaded.Accepted accepted) {
            return accepted.config();
        }
        throw new AssertionError(loaded);
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    FmpSimulator sim() {
        return sim;
    }

    void change(String setting, Object value) {
        await(sim.change(new JsonObject().put(setting, value)));
    }

    void fault(String name, JsonObject body) {
        await(sim.fault(name, body));
    }

    /** Emits frames on a feed; single quotes stand for double ones. */
    void emit(String feed, String... frames) {
        await(sim.emit(
                feed, Stream.of(frames).map(frame -> frame.replace('\'', '"')).toList()));
    }

    SocketClient prices() {
        return new SocketClient(URI.create("ws://127.0.0.1:" + node.clientPort() + "/api/v2/realtime/ws/prices"));
    }

    SocketClient stream() {
        return stream("");
    }

    /** A client of the native dialect that says something in its query. */
    SocketClient stream(String query) {
        return new SocketClient(URI.create("ws://127.0.0.1:" + node.clientPort() + "/stream" + query));
    }

    /** A client of contract 3; the path may have a query. */
    SocketClient channels(String client) {
        return new SocketClient(URI.create("ws://127.0.0.1:" + node.clientPort() + "/ws/" + client));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + node.clientPort() + path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    JsonObject getJson(String path) {
        return new JsonObject(get(path).body());
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> management(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.managementPort() + path))
                .build());
    }

    /** A message to clients of contract 3, by the operators' route; how many it reached. */
    int sendTo(String target, String message) {
        return sendFor(target, message).getInteger("reached");
    }

    /** The same, with the whole answer. */
    JsonObject sendFor(String target, String message) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.managementPort() + "/admin/ws-send/" + target))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(message.replace('\'', '"')))
                .build());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return new JsonObject(answer.body());
    }

    /** The value of a counter or gauge, summed over the label sets that contain all these texts. */
    double metric(String name, String... labels) {
        return management("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        await(node.stop().mapEmpty());
        if (simVertx != null) {
            await(simVertx.close());
        }
    }
}
