package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.redis.RedisServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Messages for users who are not connected wait for them in a real Redis. */
@EnabledIf("io.tickmesh.redis.RedisServer#available")
final class OfflineMessagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BOB = "tickmesh:user:bob";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final RedisServer redis = opened(RedisServer.running());
    private final String cluster = "cluster.name=" + UUID.randomUUID();

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

    private NodeUnderTest node(String name, String... settings) {
        return opened(NodeUnderTest.quiet(Stream.concat(
                        Stream.of(
                                cluster,
                                "node.name=" + name,
                                "feeds.fmp.mode=off",
                                "feeds.fmp-crypto.mode=off",
                                "feeds.fmp-forex.mode=off",
                                "redis.timeout=1s"),
                        Stream.of(settings))
                .toArray(String[]::new)));
    }

    private NodeUnderTest storing(String name, String... settings) {
        return node(
                name,
                Stream.concat(Stream.of("redis.url=" + redis.url()), Stream.of(settings))
                        .toArray(String[]::new));
    }

    private void stop(NodeUnderTest node) {
        open.remove(node);
        node.close();
    }

    private SocketClient client(NodeUnderTest node, String path) {
        SocketClient client = opened(node.channels(path));
        assertThat(client.next().getString("type")).isEqualTo("connected");
        return client;
    }

    private static JsonObject send(NodeUnderTest node, String target, int n) {
        return node.sendFor(target, "{'type':'m','n':" + n + "}");
    }

    private static JsonObject answer(String target, int reached) {
        return new JsonObject()
                .put("status", "done")
                .put("command", "send")
                .put("target", target)
                .put("reached", reached);
    }

    private static void expect(SocketClient client, int from, int to) {
        for (int n = from; n <= to; n++) {
            assertThat(client.next("m").getInteger("n")).isEqualTo(n);
        }
    }

    private static void expectNothingMore(SocketClient client) {
        client.send("{'type':'ping'}");
        assertThat(client.next(frame -> !frame.getString("type").equals("heartbeat"))
                        .getString("type"))
                .isEqualTo("pong");
    }

    private void awaitEmpty() {
        await().atMost(PATIENCE).until(() -> redis.count("XLEN", BOB) == 0);
    }

    @Test
    void shouldDeliverOnceInOrderAfterARestartAndGoOn() {
        NodeUnderTest first = storing("a");
        for (int n = 1; n <= 30; n++) {
            assertThat(send(first, "user/bob", n))
                    .isEqualTo(answer("user/bob", 0).put("stored", 1));
        }
        assertThat(redis.count("PTTL", BOB)).isPositive();
        stop(first);

        NodeUnderTest a = storing("a");
        NodeUnderTest b = storing("b");
        await().until(() -> a.metric("tickmesh_channel_nodes") == 2 && b.metric("tickmesh_channel_nodes") == 2);
        SocketClient phone = client(b, "phone?user_id=bob");
        assertThat(send(a, "user/bob", 31)).isEqualTo(answer("user/bob", 1).put("stored", 0));
        expect(phone, 1, 31);
        awaitEmpty();
        SocketClient tablet = client(a, "tablet?user_id=bob");
        expectNothingMore(tablet);
        expectNothingMore(phone);
        assertThat(send(a, "users", 0, "bob", "ann").getInteger("stored")).isEqualTo(1);
        expect(tablet, 0, 0);
        expect(phone, 0, 0);
    }

    private static JsonObject send(NodeUnderTest node, String target, int n, String... users) {
        String names = "['" + String.join("','", users) + "']";
        return node.sendFor(target, "{'users':" + names + ",'message':{'type':'m','n':" + n + "}}");
    }

    @Test
    void shouldKeepTheNewestAndOnlySoMany() {
        NodeUnderTest node = storing("a", "channels.offline_messages=5");
        IntStream.rangeClosed(1, 12).forEach(n -> send(node, "user/bob", n));

        assertThat(redis.count("XLEN", BOB)).isEqualTo(5);
        assertThat(node.metric("tickmesh_channel_offline_dropped_total")).isEqualTo(7);
        SocketClient phone = client(node, "phone?user_id=bob");
        expect(phone, 8, 12);
        expectNothingMore(phone);
    }

    @Test
    void shouldThrowAwayWhatIsTooOldOrNoneOfOurs() {
        NodeUnderTest node = storing("a", "channels.offline_expiry=1h");
        redis.call("XADD", BOB, "1-0", "1", "{\"type\":\"m\",\"n\":0}");
        redis.call("XADD", BOB, "*", "1", "no json");
        redis.call("XADD", BOB, "*", "a", "b");
        send(node, "user/bob", 1);
        redis.call("SET", "tickmesh:user:ann", "text");
        assertThat(send(node, "user/ann", 2).getInteger("stored")).isEqualTo(1);

        expect(client(node, "phone?user_id=bob"), 1, 1);
        expect(client(node, "pad?user_id=ann"), 2, 2);
        awaitEmpty();
        assertThat(node.metric("tickmesh_redis_bad_total", "user")).isEqualTo(3);
        String large = "{'type':'m','text':'" + "x".repeat(70_000) + "'}";
        assertThat(node.sendFor("user/carl", large).getInteger("stored")).isZero();
    }

    @Test
    void shouldChangeNoAnswerWhereItIsOff() {
        NodeUnderTest off = storing("a", "channels.offline_messages=0");
        assertThat(send(off, "user/bob", 1)).isEqualTo(answer("user/bob", 0));
        assertThat(redis.count("EXISTS", BOB)).isZero();
        NodeUnderTest without = node("b", "cluster.name=" + UUID.randomUUID());
        assertThat(send(without, "user/bob", 1)).isEqualTo(answer("user/bob", 0));
        assertThat(send(storing("c", "cluster.name=" + UUID.randomUUID()), "client/x", 1))
                .isEqualTo(answer("client/x", 0));
    }

    @Test
    void shouldSayThatNothingIsStoredWhileRedisIsAwayAndDeliverWhatIsWhenItIsBack() {
        NodeUnderTest node = storing("a");
        send(node, "user/bob", 1);
        redis.freeze();
        await().atMost(PATIENCE).until(() -> node.metric("tickmesh_redis_connected") == 0);
        SocketClient phone = client(node, "phone?user_id=bob");
        assertThat(send(node, "user/ann", 2)).isEqualTo(answer("user/ann", 0).put("stored", 0));
        assertThat(send(node, "user/bob", 3)).isEqualTo(answer("user/bob", 1).put("stored", 0));
        expect(phone, 3, 3);
        redis.thaw();
        expect(phone, 1, 1);
        awaitEmpty();
        expectNothingMore(phone);
    }
}
