package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar as operators run it: a process with its streams, exit codes and signals. */
final class JarIT {
    private static final String SECRET = "k3y-that-nobody-may-see";

    /** So that nothing is logged of other clusters on this machine. */
    private static final String ALONE = "cluster.members=,";

    @TempDir
    private Path directory;

    private NodeProcess node(String... settings) {
        return NodeProcess.run(directory, settings);
    }

    private static String get(URI base, String path) {
        return NodeUnderTest.send(HttpRequest.newBuilder(base.resolve(path)).build())
                .body();
    }

    private static String cluster() {
        return "cluster.name=" + UUID.randomUUID();
    }

    @ParameterizedTest
    @CsvSource({"--version, tickmesh", "--help, usage: bin/tickmesh", "check, OK"})
    void shouldAnswerWithoutServing(String argument, String said) {
        try (NodeProcess process = node(argument)) {
            assertThat(process.exitCode()).isZero();
            assertThat(process.out()).contains(said);
            assertThat(process.err()).isEmpty();
        }
    }

    private static void expectRefusal(NodeProcess process, String... said) {
        try (process) {
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.err().lines()).singleElement().asString().contains(said);
            assertThat(process.out()).isEmpty();
        }
    }

    @Test
    void shouldSayInOneLineWhyItDoesNotStart() throws IOException {
        Files.createDirectory(directory.resolve("a-directory"));
        expectRefusal(node("--prot", "1"), "unknown option --prot", "--port");
        expectRefusal(node("--set", "http.prot=1"), "http.prot", "http.port");
        expectRefusal(node("--conf", "missing.yaml"), "missing.yaml");
        expectRefusal(node("--conf", "a-directory"), "a-directory");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            expectRefusal(
                    node("--port", port, "--set", "management.port=0", "--set", cluster(), "--set", ALONE),
                    "cannot listen on 127.0.0.1:" + port,
                    "http.port");
            expectRefusal(
                    node("--port", "0", "--set", "management.port=" + port, "--set", cluster(), "--set", ALONE),
                    "cannot listen on 127.0.0.1:" + port,
                    "management.port");
            expectRefusal(node("sim", "--set", "sim.port=" + port), "cannot listen on 127.0.0.1:" + port, "sim.port");
        }
    }

    @Test
    void shouldGreetServeAndLeaveInOrderOnASignal() {
        Map<String, String> log = Map.of("TICKMESH_LOG_FORMAT", "json", "TICKMESH_LOG_LEVEL", "debug");
        try (NodeProcess node = NodeProcess.run(
                                directory, log, "--port", "0", "--set", "management.port=0", "--set", cluster())
                        .started();
                SocketClient prices = node.client("api/v2/realtime/ws/prices");
                SocketClient stream = node.client("stream")) {
            assertThat(node.out()).contains("feed fmp: sim (simulated, no account needed)");
            assertThat(get(node.http(), "/health")).isEqualTo("{\"status\":\"healthy\"}");
            await().until(() -> get(node.management(), "/health/ready").equals("{\"status\":\"UP\"}"));
            prices.send("{'action':'subscribe','symbols':['AAPL']}");
            prices.next("price_update");
            stream.send("{'type':'subscribe','topics':['trade/fmp:AAPL']}");
            assertThat(stream.next("snapshot").getBoolean("simulated")).isTrue();
            stream.next("tick");
            long before = System.nanoTime();
            node.signal("TERM");
            assertThat(prices.closeCode()).isEqualTo(1001);
            assertThat(stream.closeCode()).isEqualTo(1001);
            assertThat(node.exitCode()).isEqualTo(143);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before))
                    .isLessThan(20);
            assertThat(node.err().lines())
                    .isNotEmpty()
                    .allSatisfy(line ->
                            assertThat(new JsonObject(line).getString("level")).isNotEmpty());
        }
    }

    private static JsonArray sessions(URI simulator) {
        return new JsonObject(get(simulator, "/control/sessions")).getJsonArray("sessions");
    }

    private static JsonObject session(URI simulator, int index) {
        return sessions(simulator).getJsonObject(index);
    }

    /** Only the stock feed is live, with a key that must not be seen; the logs tell everything they can. */
    private NodeProcess nodeOn(URI simulator) {
        return NodeProcess.run(
                        directory,
                        Map.of("TICKMESH_FEEDS_FMP_API_KEY", SECRET, "TICKMESH_LOG_LEVEL", "debug"),
                        "--port",
                        "0",
                        "--set",
                        "management.port=0",
                        "--set",
                        cluster(),
                        "--set",
                        "feeds.fmp.mode=live",
                        "--set",
                        "feeds.fmp.url=" + simulator.toString().replace("http://", "ws://") + "/stock")
                .started();
    }

    private NodeProcess simulator() {
        NodeProcess simulator = node("sim", "--set", "sim.port=0", "--set", "sim.ticks_per_second=50")
                .started();
        String settings =
                new JsonObject().put("keys", new JsonArray(List.of(SECRET))).encode();
        NodeUnderTest.send(HttpRequest.newBuilder(simulator.simulator().resolve("/control/settings"))
                .method("PATCH", HttpRequest.BodyPublishers.ofString(settings))
                .build());
        return simulator;
    }

    @Test
    void shouldNotActOnALeaseThatRanOutWhileTheProcessWasStopped() {
        try (NodeProcess simulator = simulator();
                NodeProcess node = nodeOn(simulator.simulator());
                SocketClient prices = node.client("api/v2/realtime/ws/prices");
                SocketClient stream = node.client("stream")) {
            StreamLedger ledger = new StreamLedger();
            prices.send("{'action':'subscribe','symbols':['AAPL']}");
            stream.send("{'type':'subscribe','topics':['trade/fmp:AAPL','quote/fmp:AAPL']}");
            String topic = "trade/fmp:AAPL";
            stream.readInto(ledger, () -> ledger.topics() == 2 && ledger.ticks(topic) > 10);
            prices.next("price_update");
            long epoch = ledger.epoch(topic);
            node.signal("STOP");
            JsonObject before = session(simulator.simulator(), 0);
            long stopped = System.nanoTime();
            await().atMost(10, TimeUnit.SECONDS).until(() -> System.nanoTime() - stopped > 3_000_000_000L);
            node.signal("CONT");
            stream.readInto(ledger, () -> ledger.epoch(topic) > epoch && ledger.ticks(topic) > 20);
            expectANewLogin(simulator.simulator(), before);
            long updates = prices.waiting();
            await().until(() -> prices.waiting() > updates + 20);
            prices.next(frame -> "error".equals(frame.getString("type")) || prices.waiting() == 0);
            expectNoSecret(node);
        }
    }

    private static void expectANewLogin(URI simulator, JsonObject before) {
        await().until(() -> session(simulator, 0).getLong("closed_at") > 0);
        JsonObject old = session(simulator, 0);
        assertThat(old.getJsonArray("frames")).isEqualTo(before.getJsonArray("frames"));
        assertThat(old.getLong("pings")).isEqualTo(before.getLong("pings"));
        assertThat(sessions(simulator)).hasSize(2);
        JsonObject renewed = session(simulator, 1);
        assertThat(renewed.getJsonArray("tickers")).containsExactly("aapl");
        assertThat(renewed.getLong("opened_at")).isGreaterThanOrEqualTo(old.getLong("closed_at"));
    }

    private static void expectNoSecret(NodeProcess node) {
        String told = get(node.management(), "/metrics")
                + get(node.management(), "/health/ready")
                + get(node.http(), "/api/v2/realtime/health")
                + get(node.http(), "/api/v2/realtime/status");
        assertThat(told).contains("tickmesh_upstream_leases_lost_total{pool=\"fmp.stock\"} 1.0");
        assertThat(told + node.out() + node.err()).doesNotContain(SECRET);
    }
}
