package io.tickmesh;

import io.tickmesh.config.SimConfig;
import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.KisSimulator;
import io.tickmesh.sim.KiwoomSimSettings;
import io.tickmesh.sim.KiwoomSimulator;
import io.tickmesh.sim.SessionRecord;
import io.tickmesh.sim.Simulator;
import io.tickmesh.sim.UpbitSimSettings;
import io.tickmesh.sim.UpbitSimulator;
import io.tickmesh.upstream.Holidays;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whole nodes in this JVM with one feed, live against a simulator of its provider that the test controls. */
final class ProviderUnderTest implements AutoCloseable {
    private static final List<String> FEEDS = List.of("fmp", "fmp-crypto", "fmp-forex", "kis", "kiwoom", "upbit");

    private final Vertx simVertx = Vertx.vertx();
    private final String provider;
    private final Simulator sim;
    private final Map<String, String> settings = new LinkedHashMap<>();

    /** Feeds that are not built in: those only a file may add. */
    private final List<String> accounts = new ArrayList<>();

    private final List<Node> nodes = new ArrayList<>();

    private ProviderUnderTest(
            String provider, Simulator sim, Supplier<String> url, Map<String, String> credentials, String... settings) {
        this.provider = provider;
        this.sim = sim;
        NodeUnderTest.await(simVertx.deployVerticle(sim));
        String feed = "feeds." + provider + '.';
        FEEDS.stream().filter(each -> !each.equals(provider)).forEach(each -> set("feeds." + each + ".mode=off"));
        set(feed + "mode=live");
        set(feed + "url=" + url.get());
        set(feed + "rest_url=" + sim.restUrl());
        set(feed + "hours=always");
        set(feed + "token_dir=" + temporary());
        credentials.forEach((name, value) -> set(feed + name + '=' + value));
        Stream.of(settings).forEach(this::set);
    }

    static ProviderUnderTest kis(double ticksPerSecond, KisSimSettings sim, String... settings) {
        KisSimulator kis = new KisSimulator(config(ticksPerSecond), sim);
        Map<String, String> credentials =
                Map.of("app_key", KisSimulator.DEFAULT_APP_KEY, "app_secret", KisSimulator.DEFAULT_APP_SECRET);
        return new ProviderUnderTest("kis", kis, kis::url, credentials, settings);
    }

    static ProviderUnderTest kiwoom(double ticksPerSecond, KiwoomSimSettings sim, String... settings) {
        KiwoomSimulator kiwoom = new KiwoomSimulator(config(ticksPerSecond), sim);
        Map<String, String> credentials =
                Map.of("app_key", KiwoomSimulator.DEFAULT_APP_KEY, "app_secret", KiwoomSimulator.DEFAULT_APP_SECRET);
        return new ProviderUnderTest("kiwoom", kiwoom, kiwoom::url, credentials, settings);
    }

    static ProviderUnderTest upbit(double ticksPerSecond, UpbitSimSettings sim, String... settings) {
        UpbitSimulator upbit = new UpbitSimulator(config(ticksPerSecond), sim);
        return new ProviderUnderTest("upbit", upbit, upbit::url, Map.of(), settings);
    }

    private static SimConfig config(double ticksPerSecond) {
        return new SimConfig("127.0.0.1", 0, 1, ticksPerSecond);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "tokens")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void set(String setting) {
        set(settings, setting);
    }

    private static void set(Map<String, String> settings, String setting) {
        int equals = setting.indexOf('=');
        settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }

    /** Another account of this provider, at the same simulator. */
    ProviderUnderTest account(String feed, Map<String, String> credentials) {
        String section = "feeds." + feed + '.';
        accounts.add("  " + feed + ":\n    provider: " + provider + '\n');
        for (String same : List.of("mode", "url", "rest_url", "hours", "token_dir")) {
            set(section + same + '=' + settings.get("feeds." + provider + '.' + same));
        }
        credentials.forEach((name, value) -> set(section + name + '=' + value));
        return this;
    }

    /** The nodes that are started from now on have the feeds of another provider too, which starts none itself. */
    ProviderUnderTest beside(ProviderUnderTest other) {
        other.settings.forEach((path, value) -> {
            if (!path.startsWith("feeds.") || path.startsWith("feeds." + other.provider)) {
                settings.put(path, value);
            }
        });
        return this;
    }

    private @Nullable Path file() {
        if (accounts.isEmpty()) {
            return null;
        }
        try {
            Path file = temporary().resolve("accounts.yaml");
            return Files.writeString(file, "feeds:\n" + String.join("", accounts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one more node; with some settings of its own. */
    ProviderUnderTest start(String... own) {
        return start(Holidays.builtIn(), own);
    }

    /** Starts one more node, which keeps these holidays. */
    ProviderUnderTest start(Holidays holidays, String... own) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("node.name", "n" + (nodes.size() + 1));
        Stream.of(own).forEach(each -> set(all, each));
        String[] texts = all.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .toArray(String[]::new);
        nodes.add(NodeUnderTest.await(Node.start(NodeUnderTest.config(file(), texts), holidays)));
        return this;
    }

    Simulator sim() {
        return sim;
    }

    int fault(String name, Object... members) {
        JsonObject body = new JsonObject();
        for (int i = 0; i < members.length; i += 2) {
            body.put((String) members[i], members[i + 1]);
        }
        return NodeUnderTest.await(sim.fault(name, body));
    }

    void change(String setting, Object value) {
        NodeUnderTest.await(sim.change(new JsonObject().put(setting, value)));
    }

    /** The provider sends exactly these frames. */
    void emit(String... frames) {
        NodeUnderTest.await(sim.emit(List.of(frames)));
    }

    /** The sessions that are open, oldest first. */
    List<SessionRecord> open() {
        return sim.sessions().stream().filter(SessionRecord::isOpen).toList();
    }

    /** A native client of a node. */
    SocketClient stream(int node) {
        return new SocketClient(URI.create("ws://127.0.0.1:" + nodes.get(node).clientPort() + "/stream"));
    }

    /** A client of a node at another door. */
    SocketClient client(int node, String path) {
        return new SocketClient(URI.create("ws://127.0.0.1:" + nodes.get(node).clientPort() + path));
    }

    URI uri(int node, String path) {
        return URI.create("http://127.0.0.1:" + nodes.get(node).clientPort() + path);
    }

    SocketClient stream(int node, List<String> topics) {
        SocketClient client = stream(node);
        client.send("{'type':'subscribe','topics':['" + String.join("','", topics) + "']}");
        return client;
    }

    /** The value of a counter or gauge of the pool, summed over all nodes. */
    double metric(String name, String... labels) {
        return nodes.stream().mapToDouble(each -> metric(each, name, labels)).sum();
    }

    private double metric(Node node, String name, String... labels) {
        URI metrics = URI.create("http://127.0.0.1:" + node.managementPort() + "/metrics");
        return NodeUnderTest.send(HttpRequest.newBuilder(metrics).build())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("pool=\"" + provider + '"'))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        nodes.forEach(each -> NodeUnderTest.await(each.stop().mapEmpty()));
        NodeUnderTest.await(simVertx.close());
    }
}
