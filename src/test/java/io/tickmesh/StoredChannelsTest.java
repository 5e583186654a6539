package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.redis.RedisServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What was said in channels outlives the nodes in a real Redis, as clients see it. */
@EnabledIf("io.tickmesh.redis.RedisServer#available")
final class StoredChannelsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NEWS = "tickmesh:channel:news";

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

    private NodeUnderTest node(String name) {
        return opened(NodeUnderTest.quiet(
                cluster,
                "node.name=" + name,
                "feeds.fmp.mode=off",
                "feeds.fmp-crypto.mode=off",
                "feeds.fmp-forex.mode=off",
                "redis.url=" + redis.url(),
                "redis.timeout=1s",
                "channels.history_messages=10"));
    }

    private void stop(NodeUnderTest... nodes) {
        for (NodeUnderTest node : nodes) {
            open.remove(node);
            node.close();
        }
    }

    private SocketClient client(NodeUnderTest node, String path) {
        SocketClient client = opened(node.channels(path));
        assertThat(client.next().getString("type")).isEqualTo("connected");
        return client;
    }

    private JsonObject subscribe(SocketClient client, String rest) {
        client.send("{'type':'subscribe','channel':'news','numbers':true" + rest + "}");
        return client.next("subscription_result");
    }

    private static void say(NodeUnderTest node, int from, int to) {
        for (int n = from; n <= to; n++) {
            node.sendTo("channel/news", "{'type':'m','n':" + n + "}");
        }
    }

    /** These come next, and nothing else; the number of the last. */
    private static long expect(SocketClient client, int from, int to) {
        long number = 0;
        for (int n = from; n <= to; n++) {
            JsonObject message = client.next("m");
            assertThat(message.getInteger("n")).isEqualTo(n);
            number = message.getLong("message_number");
        }
        return number;
    }

    private static void expectNothingMore(SocketClient client) {
        client.send("{'type':'ping'}");
        assertThat(client.next(frame -> !frame.getString("type").equals("heartbeat"))
                        .getString("type"))
                .isEqualTo("pong");
    }

    private void awaitStored(long number) {
        await().atMost(PATIENCE)
                .until(() -> String.valueOf(redis.call("XREVRANGE", NEWS, "+", "-", "COUNT", "1"))
                        .contains(number + "-0"));
    }

    @Test
    void shouldGoOnWithHistoryAndNumbersAfterAllNodesWereStopped() {
        NodeUnderTest a = node("a");
        NodeUnderTest b = node("b");
        await().until(() -> a.metric("tickmesh_channel_nodes") == 2 && b.metric("tickmesh_channel_nodes") == 2);
        SocketClient before = client(a, "c1");
        subscribe(before, "");
        say(b, 1, 5);
        long last = expect(before, 1, 5);
        stop(a, b);

        NodeUnderTest again = node("c");
        SocketClient after = client(again, "c1");
        JsonObject result = subscribe(after, ",'resume':" + (last - 3));

        assertThat(result.getInteger("missed")).isEqualTo(3);
        assertThat(expect(after, 3, 5)).isEqualTo(last);
        say(again, 6, 6);
        assertThat(expect(after, 6, 6)).isEqualTo(last + 1);
        expectNothingMore(after);
        assertThat(redis.count("PTTL", NEWS)).isPositive();
    }

    /** What a home does that leaves in order is undone: so it looks after all were killed. */
    private void unsay(long last) {
        assertThat(redis.count("XDEL", NEWS, last + "-1")).isEqualTo(1);
    }

    private long saidAndStopped(int messages) {
        NodeUnderTest node = node("a");
        SocketClient client = client(node, "c1");
        subscribe(client, "");
        say(node, 1, messages);
        long last = expect(client, 1, messages);
        stop(node);
        return last;
    }

    @Test
    void shouldTellWhoeverResumesThatTheLastMessagesMayBeMissingAfterAllWereKilled() {
        long last = saidAndStopped(5);
        unsay(last);

        NodeUnderTest again = node("b");
        SocketClient after = client(again, "c1");
        JsonObject result = subscribe(after, ",'resume':" + (last - 2));
        long base = result.getLong("message_number");

        assertThat(result.getInteger("missed")).isEqualTo(2);
        assertThat(base).isGreaterThan(last);
        assertThat(expect(after, 4, 5)).isEqualTo(last);
        assertThat(after.next().getString("type")).isEqualTo("reset");
        say(again, 6, 6);
        assertThat(expect(after, 6, 6)).isEqualTo(base + 1);
        SocketClient further = client(again, "c2");
        assertThat(subscribe(further, ",'resume':" + (last + 1)).getInteger("missed"))
                .isZero();
        assertThat(further.next("reset").getLong("message_number")).isEqualTo(base + 1);
        stop(again);

        SocketClient third = client(node("c"), "c1");
        assertThat(subscribe(third, ",'resume':" + (last - 1)).getInteger("missed"))
                .isEqualTo(2);
        assertThat(expect(third, 5, 5)).isEqualTo(last);
        assertThat(third.next().getLong("message_number")).isEqualTo(base);
        assertThat(expect(third, 6, 6)).isEqualTo(base + 1);
        expectNothingMore(third);
    }

    @Test
    void shouldPassOverWhatIsNoneOfOursAndCountIt() {
        long last = saidAndStopped(3);
        redis.call("XADD", NEWS, (last + 1) + "-0", "1", "no json");
        redis.call("XADD", NEWS, (last + 1) + "-1", "a", "b");
        redis.call("XADD", NEWS, (last + 1) + "-2", "1", new byte[] {'{', (byte) 0xff, '}'});
        redis.call("SET", "tickmesh:channel:other", "text");

        NodeUnderTest again = node("b");
        SocketClient after = client(again, "c1");
        assertThat(subscribe(after, ",'resume':" + (last - 2)).getInteger("missed"))
                .isEqualTo(2);
        assertThat(expect(after, 2, 3)).isEqualTo(last);
        assertThat(after.next().getString("type")).isEqualTo("reset");
        assertThat(again.metric("tickmesh_redis_bad_total", "channel")).isEqualTo(3);
        after.send("{'type':'subscribe','channel':'other'}");
        assertThat(after.next("subscription_result").getBoolean("success")).isTrue();
        again.sendTo("channel/other", "{'type':'m','n':1}");
        await().atMost(PATIENCE).until(() -> "stream".equals(redis.call("TYPE", "tickmesh:channel:other")));
    }

    @Test
    void shouldGoOnWithoutRedisAndWriteAgainWhatIsKeptWhenItIsBack() {
        NodeUnderTest node = node("a");
        SocketClient client = client(node, "c1");
        subscribe(client, "");
        say(node, 1, 3);
        awaitStored(expect(client, 1, 3));
        redis.kill();
        say(node, 4, 6);
        long last = expect(client, 4, 6);
        await().atMost(PATIENCE).until(() -> node.metric("tickmesh_redis_connected") == 0);
        SocketClient other = client(node, "c2");
        other.send("{'type':'subscribe','channel':'unheard'}");
        assertThat(other.next("subscription_result").getBoolean("success")).isTrue();
        redis.start();
        awaitStored(last);
        stop(node);

        SocketClient after = client(node("b"), "c1");
        assertThat(subscribe(after, ",'resume':" + (last - 5)).getInteger("missed"))
                .isEqualTo(5);
        assertThat(expect(after, 2, 6)).isEqualTo(last);
        expectNothingMore(after);
    }

    /** A Redis that is away for long costs what is not kept any more, and no more. */
    @Test
    void shouldCountWhatRedisNeverGot() {
        NodeUnderTest node = node("a");
        SocketClient client = client(node, "c1");
        subscribe(client, "");
        redis.kill();
        say(node, 1, 25);
        long last = expect(client, 1, 25);
        redis.start();
        awaitStored(last);
        assertThat(redis.count("XLEN", NEWS)).isEqualTo(10);
        assertThat(node.metric("tickmesh_channel_history_skipped_total")).isEqualTo(15);
    }
}
