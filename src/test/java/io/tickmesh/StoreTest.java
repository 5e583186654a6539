package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.redis.RedisServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What outlives the nodes in a real Redis, as clients see it. */
@EnabledIf("io.tickmesh.redis.RedisServer#available")
final class StoreTest {
    private static final String TRADE = "trade/fmp:AAPL";
    private static final String HISTORY = "tickmesh:{fmp.stock}:history:trade/fmp:AAPL";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final RedisServer redis = opened(RedisServer.running());

    /** Holds the simulator that the nodes of the tests come and go beside. */
    private final NodeUnderTest holder = opened(NodeUnderTest.quiet(
            "cluster.members=,", "feeds.fmp.mode=off", "feeds.fmp-crypto.mode=off", "feeds.fmp-forex.mode=off"));

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(0, closeable);
        return closeable;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private NodeUnderTest node() {
        return opened(holder.beside(
                "redis.url=" + redis.url(), "redis.write_interval=20ms", "redis.timeout=1s", "cluster.members=,"));
    }

    private void trade(int price) {
        holder.emit(
                "stock",
                "{'s':'aapl','t':" + System.currentTimeMillis() + "000000,'type':'T','lp':" + price + ",'ls':1}");
    }

    private static SocketClient subscribed(NodeUnderTest node) {
        return node.stream().send("{'type':'subscribe','topics':['" + TRADE + "']}");
    }

    private static boolean isLive(JsonObject frame) {
        return "live".equals(frame.getString("state"));
    }

    private static JsonObject priced(SocketClient client, int price) {
        return client.next(frame -> Integer.valueOf(price).equals(frame.getInteger("price")));
    }

    private boolean isStored(int values) {
        return redis.count("HLEN", "tickmesh:{fmp.stock}:newest") == values;
    }

    /** A node tells prices from 1 up, and stops in order when they are stored. */
    private JsonObject toldAndStopped(int prices) {
        try (NodeUnderTest node = node();
                SocketClient client = subscribed(node)) {
            client.next(StoreTest::isLive);
            JsonObject last = new JsonObject();
            for (int price = 1; price <= prices; price++) {
                trade(price);
                last = priced(client, price);
            }
            return last;
        }
    }

    @Test
    void shouldShowWhatIsStoredBeforeTheFirstTickAfterAFullRestart() {
        JsonObject last = toldAndStopped(3);
        NodeUnderTest node = node();
        try (SocketClient client = subscribed(node)) {
            JsonObject snapshot = client.next("snapshot");

            assertThat(snapshot.getInteger("price")).isEqualTo(3);
            assertThat(snapshot.getString("state")).isEqualTo("stale");
            assertThat(snapshot.getString("reason")).contains("from the store");
            assertThat(snapshot.getLong("received")).isEqualTo(last.getLong("received"));
            assertThat(snapshot.getLong("epoch")).isEqualTo(last.getLong("epoch"));
            assertThat(snapshot.getLong("seq")).isEqualTo(last.getLong("seq"));
            await().atMost(PATIENCE)
                    .until(() -> node.management("/admin/feeds/fmp").body().contains("\"registered\":1"));
            trade(4);
            JsonObject news = priced(client, 4);
            assertThat(news.getLong("epoch")).isGreaterThan(last.getLong("epoch"));
            client.next(StoreTest::isLive);
        }
    }

    @Test
    void shouldResumeWhereTheClientStoppedBeforeTheRestart() {
        JsonObject last = toldAndStopped(20);
        NodeUnderTest node = node();
        try (SocketClient client = node.stream()) {
            client.send("{'type':'resume','positions':[{'topic':'" + TRADE + "','epoch':" + last.getLong("epoch")
                    + ",'seq':" + (last.getLong("seq") - 5) + "}]}");

            assertThat(client.next("resumed").encode()).contains("\"missed\":5");
            for (int price = 16; price <= 20; price++) {
                assertThat(client.next("tick").getInteger("price")).isEqualTo(price);
            }
        }
    }

    @Test
    void shouldGoOnAndWriteAgainWhenRedisWasKilledAndComesBack() {
        try (NodeUnderTest node = node();
                SocketClient client = subscribed(node)) {
            client.next(StoreTest::isLive);
            trade(1);
            priced(client, 1);
            await().atMost(PATIENCE).until(() -> isStored(1));

            redis.kill();
            trade(2);
            priced(client, 2);
            await().atMost(PATIENCE).until(() -> redisState(node).equals("down"));
            assertThat(node.management("/health/ready").statusCode()).isEqualTo(200);
            assertThat(node.metric("tickmesh_redis_connected")).isZero();
            redis.start();

            await().atMost(PATIENCE).until(() -> redisState(node).equals("up"));
            await().atMost(PATIENCE).until(() -> isStored(1));
            trade(3);
            priced(client, 3);
        }
        assertThat(snapshotOfANewNode().getInteger("price")).isEqualTo(3);
    }

    private static String redisState(NodeUnderTest node) {
        return new JsonObject(node.management("/health").body())
                .getJsonObject("redis")
                .getString("state");
    }

    private JsonObject snapshotOfANewNode() {
        try (NodeUnderTest node = node();
                SocketClient client = subscribed(node)) {
            return client.next("snapshot");
        }
    }

    @Test
    void shouldNotNoticeARedisThatStandsStill() {
        try (NodeUnderTest node = node();
                SocketClient client = subscribed(node)) {
            client.next(StoreTest::isLive);
            redis.freeze();
            for (int price = 1; price <= 50; price++) {
                trade(price);
                priced(client, price);
            }
            await().atMost(PATIENCE).until(() -> redisState(node).equals("down"));
            assertThat(node.metric("tickmesh_redis_under_way")).isLessThan(10);
            assertThat(node.metric("tickmesh_redis_waiting")).isLessThanOrEqualTo(1);
            redis.thaw();

            await().atMost(PATIENCE).until(() -> isStored(1));
            await().atMost(PATIENCE).until(() -> redis.count("LLEN", HISTORY) >= 50);
        }
        assertThat(snapshotOfANewNode().getInteger("price")).isEqualTo(50);
    }

    @Test
    void shouldWriteAgainWhatAFlushTook() {
        try (NodeUnderTest node = node();
                SocketClient client = subscribed(node)) {
            client.next(StoreTest::isLive);
            trade(1);
            priced(client, 1);
            node.post("/api/v2/realtime/subscribe", "[\"MSFT\"]");
            await().atMost(PATIENCE).until(() -> isStored(1) && isPinned());

            redis.call("FLUSHALL");

            await().atMost(PATIENCE).until(() -> isStored(1) && isPinned());
        }
    }

    private boolean isPinned() {
        return ledger("MSFT").contains(" + ");
    }

    private String ledger(String symbol) {
        return String.valueOf(redis.call("HGET", "tickmesh:ledger", "pin:trade/fmp:" + symbol));
    }

    @Test
    void shouldBringPinsBackWhenAllNodesWereGone() {
        try (NodeUnderTest node = node()) {
            node.post("/api/v2/realtime/subscribe", "[\"MSFT\",\"NVDA\"]");
            node.post("/api/v2/realtime/unsubscribe", "[\"NVDA\"]");
            await().atMost(PATIENCE).until(() -> isPinned() && ledger("NVDA").contains(" - "));
        }
        redis.call("HSET", "tickmesh:ledger", "pin:trade/fmp:AMD", "rubbish");
        redis.call("HSET", "tickmesh:ledger", "pin:trade/fmp:IBM", "1 99999999999999 + x");

        try (NodeUnderTest node = node()) {
            assertThat(pins(node)).containsExactly("MSFT");
        }
    }

    private static List<Object> pins(NodeUnderTest node) {
        return node.getJson("/api/v2/realtime/health").getJsonArray("subscribed_symbols").stream()
                .toList();
    }

    @Test
    void shouldTakePinsFromARedisThatComesLater() {
        try (NodeUnderTest node = node()) {
            node.post("/api/v2/realtime/subscribe", "[\"MSFT\"]");
            await().atMost(PATIENCE).until(this::isPinned);
        }
        redis.freeze();
        try (NodeUnderTest node = node()) {
            assertThat(pins(node)).isEmpty();
            redis.thaw();
            await().atMost(PATIENCE).until(() -> pins(node).contains("MSFT"));
        }
    }
}
