package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.SessionRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients see, and the provider gets, when the connection to the provider fails in every way it can. */
final class UpstreamFaultsTest {
    private static NodeUnderTest node;
    private FaultBench bench;

    @BeforeAll
    static void start() {
        node = FaultBench.hastyNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void begin() {
        bench = new FaultBench(node);
    }

    @AfterEach
    void heal() {
        try (FaultBench ending = bench) {
            ending.expectHealed();
        }
    }

    private void expectError(String message) {
        assertThat(bench.prices().next())
                .isEqualTo(new JsonObject().put("type", "error").put("message", message));
    }

    private void awaitLogins(int count) {
        await().until(() -> bench.sessions("stock").stream()
                        .filter(SessionRecord::isLoggedIn)
                        .count()
                >= count);
    }

    private static List<String> frames(SessionRecord session) {
        return session.frames().stream().map(SessionRecord.ControlFrame::text).toList();
    }

    private static boolean isLogin(String frame) {
        return new JsonObject(frame).getString("event").equals("login");
    }

    @ParameterizedTest
    @CsvSource({"drop,reset,true", "drop,reset,false", "close,code,1000", "close,code,1001", "close,code,1011"})
    void shouldReconnectAndResubscribeEverythingInOneFrame(String fault, String member, String value) {
        SocketClient other = bench.stream("trade/fmp:OTHER", "quote/fmp:OTHER", "quote/fmp:" + bench.symbol());
        StreamLedger others = new StreamLedger();
        String topic = "trade/fmp:OTHER";
        other.readInto(others, () -> others.topics() == 3 && others.state(topic).equals("live"));
        double closes = bench.counter("closes", "cause=\"closed\"", "fmp.stock");
        bench.fault(fault, member, new JsonArray("[" + value + "]").getValue(0));
        expectError(FaultBench.LOST);
        awaitLogins(2);
        other.readInto(others, () -> others.state(topic).equals("waiting"));
        other.readInto(others, () -> others.state(topic).equals("live"));
        List<String> sent = frames(bench.session("stock"));
        assertThat(sent).hasSize(2);
        assertThat(isLogin(sent.get(0))).isTrue();
        JsonObject subscribe = new JsonObject(sent.get(1));
        assertThat(subscribe.getString("event")).isEqualTo("subscribe");
        assertThat(subscribe.getJsonObject("data").getJsonArray("ticker"))
                .containsExactlyInAnyOrder(bench.ticker(), "other");
        assertThat(bench.counter("closes", "cause=\"closed\"", "fmp.stock")).isEqualTo(closes + 1);
    }

    @ParameterizedTest
    @CsvSource({"half-open", "stop-heartbeats"})
    void shouldGiveUpAnUpstreamThatHasFallenSilent(String fault) {
        double silent = bench.counter("closes", "cause=\"silent\"", "fmp.stock");
        bench.fault(fault);
        expectError(FaultBench.LOST);
        bench.fault(fault, "on", false);
        assertThat(bench.counter("closes", "cause=\"silent\"", "fmp.stock")).isEqualTo(silent + 1);
        JsonObject stale = bench.next("state");
        assertThat(stale.getString("state")).isEqualTo("stale");
        assertThat(stale.getString("reason")).isEqualTo("WebSocket connection closed: no frame for 2 s");
        awaitLogins(2);
    }

    @Test
    void shouldGiveUpAConnectionOnWhichAFrameIsLargerThanItTakes() {
        double closes = bench.counter("closes", "cause=\"closed\"", "fmp.stock");
        bench.fault("big-frame", "bytes", 3 << 20);
        expectError(FaultBench.LOST);
        awaitLogins(2);
        assertThat(bench.counter("closes", "cause=\"closed\"", "fmp.stock")).isEqualTo(closes + 1);
    }

    @Test
    void shouldKeepAConnectionOnWhichOnlyHeartbeatsCome() {
        long session = bench.session("stock").id();
        double closes = bench.counter("closes");
        node.change("ticks_per_second", 100);
        bench.read(() -> bench.ledger().ticks(bench.topic()) > 5);
        bench.fault("mute");
        node.fault("market-closed", new JsonObject().put("feed", "crypto"));
        double frames = bench.counter("frames", "fmp.stock");
        await().until(() -> bench.counter("frames", "fmp.stock") > frames + 25);
        assertThat(bench.session("stock").id()).isEqualTo(session);
        assertThat(bench.counter("closes")).isEqualTo(closes);
        NodeUnderTest.await(node.sim().reset());
    }

    @Test
    void shouldTryAgainWhenALoginIsNotAnsweredAndNeverBelieveIt() {
        double timeouts = bench.counter("closes", "cause=\"login_timeout\"");
        bench.fault("swallow-logins", "count", 2);
        bench.fault("drop");
        expectError(FaultBench.LOST);
        await().until(() -> bench.counter("closes", "cause=\"login_timeout\"") == timeouts + 2);
        awaitLogins(4);
        for (SessionRecord believed : bench.sessions("stock").subList(1, 3)) {
            assertThat(frames(believed))
                    .singleElement()
                    .satisfies(frame -> assertThat(isLogin(frame)).isTrue());
        }
        assertThat(bench.next("state").getString("state")).isEqualTo("stale");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'keys':['other'],'unentitled_keys':[]} | 401 Unauthorized",
                "{'keys':['other'],'unentitled_keys':['sim-key']} | 401 You are not authorized to access this feed"
            })
    void shouldNotStormAProviderThatRefusesTheKey(String settings, String said) {
        NodeUnderTest.await(node.sim().change(new JsonObject(settings.replace('\'', '"'))));
        double refusals = bench.counter("refusals", "fmp.stock");
        bench.fault("drop");
        expectError(FaultBench.LOST);
        await().until(() -> bench.counter("refusals", "fmp.stock") == refusals + 1);
        SocketClient later = bench.stream("quote/fmp:" + bench.symbol());
        JsonObject snapshot = later.next("snapshot");
        assertThat(snapshot.getString("state")).isEqualTo("waiting");
        assertThat(snapshot.getString("reason"))
                .startsWith("the provider refuses the login: " + said + "; check the key")
                .doesNotContain("sim-key");
        JsonObject health = node.getJson("/api/v2/realtime/health");
        assertThat(health.getString("status")).isEqualTo("disconnected");
        assertThat(health.getBoolean("is_running")).isTrue();
        assertThat(health.getBoolean("api_configured")).isTrue();
        NodeUnderTest.await(node.sim()
                .change(new JsonObject()
                        .put("keys", new JsonArray().add("sim-key"))
                        .put("unentitled_keys", new JsonArray())));
        awaitLogins(2);
        List<SessionRecord> sessions = bench.sessions("stock");
        assertThat(sessions).hasSize(3);
        assertPause(sessions.get(1).openedAt(), sessions.get(2).openedAt());
    }

    private static void assertPause(long from, long to) {
        assertThat(to - from).isGreaterThanOrEqualTo(FaultBench.REFUSED_PAUSE_MILLIS);
    }

    @Test
    void shouldNotFightForTheKeyWithAnotherConnection() {
        SessionRecord kicked = bench.session("stock");
        try (SocketClient rival = new SocketClient(URI.create(node.sim().url("stock")))) {
            rival.send("{'event':'login','data':{'apiKey':'sim-key'}}");
            assertThat(rival.next(frame -> "login".equals(frame.getString("event")))
                            .getInteger("status"))
                    .isEqualTo(200);
            expectError(FaultBench.LOST);
            JsonObject stale = bench.next("state");
            assertThat(stale.getString("reason"))
                    .startsWith("the key is in use by another connection: 401 Connected from another location");
            await().until(() -> bench.sessions("stock").size() == 3);
        }
        SessionRecord old = bench.sessions("stock").stream()
                .filter(each -> each.id() == kicked.id())
                .findFirst()
                .orElseThrow();
        assertPause(old.closedAt(), bench.sessions("stock").get(2).openedAt());
        assertThat(bench.counter("closes", "cause=\"elsewhere\"")).isPositive();
    }

    @Test
    void shouldCountAttemptsAndSayWhenTheyAreManyAndGoOn() {
        double failed = bench.counter("closes", "cause=\"connect_failed\"");
        bench.fault("refuse-upgrades", "count", 7);
        bench.fault("drop");
        expectError(FaultBench.LOST);
        expectError(FaultBench.MANY_ATTEMPTS);
        assertThat(node.getJson("/api/v2/realtime/health").getInteger("reconnect_attempts"))
                .isBetween(6, 8);
        awaitLogins(2);
        assertThat(bench.counter("closes", "cause=\"connect_failed\"")).isEqualTo(failed + 7);
        assertThat(bench.sessions("stock")).hasSize(2);
        await().atMost(5, TimeUnit.SECONDS)
                .until(() -> node.getJson("/api/v2/realtime/health").getInteger("reconnect_attempts") == 0);
    }
}
