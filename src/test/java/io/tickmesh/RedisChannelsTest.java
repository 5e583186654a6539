package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.redis.RedisServer;
import io.tickmesh.redis.RespClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Contract 3 section 3.4: other systems and the clients of two nodes hear each other in Redis, each message once. */
@EnabledIf("io.tickmesh.redis.RedisServer#available")
final class RedisChannelsTest {
    private static final int CHANNELS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String cluster = "cluster.name=" + UUID.randomUUID();
    private final List<SocketClient> clients = new ArrayList<>();
    private final RedisServer redis = RedisServer.running();
    private NodeUnderTest a;
    private NodeUnderTest b;

    private NodeUnderTest node(String name) {
        return NodeUnderTest.quiet(
                cluster,
                "node.name=" + name,
                "feeds.fmp-crypto.mode=off",
                "feeds.fmp-forex.mode=off",
                "redis.url=" + redis.url(),
                "redis.timeout=500ms",
                "redis.channel_prefix=ai.trading",
                "channels.use_redis_pubsub=true",
                "channels.max_message_size=10KB");
    }

    @BeforeEach
    void start() {
        a = node("a");
        b = node("b");
        for (NodeUnderTest node : List.of(a, b)) {
            await().until(() ->
                    node.metric("tickmesh_channel_nodes") == 2 && node.metric("tickmesh_channel_awaited") == 0);
        }
        awaitSubscriptions();
    }

    private void awaitSubscriptions() {
        await().atMost(PATIENCE).until(() -> redis.count("PUBSUB", "NUMPAT") >= 1 && listeners() == 2);
    }

    /** How many hear a message that is none. */
    private long listeners() {
        return redis.count("PUBLISH", "ai.trading:probe", "");
    }

    @AfterEach
    void stop() {
        clients.forEach(SocketClient::close);
        b.close();
        a.close();
        redis.close();
    }

    private SocketClient connect(NodeUnderTest node, String client, String channel) {
        SocketClient socket = node.channels(client);
        clients.add(socket);
        assertThat(socket.next().getString("type")).isEqualTo("connected");
        socket.send("{'type':'subscribe','channel':'" + channel + "'}");
        assertThat(socket.next("subscription_result").getBoolean("success")).isTrue();
        return socket;
    }

    private void publish(String channel, String message) {
        assertThat(redis.count("PUBLISH", "ai.trading:" + channel, message)).isEqualTo(2);
    }

    private double refused() {
        return a.metric("tickmesh_channel_foreign_refused_total") + b.metric("tickmesh_channel_foreign_refused_total");
    }

    @Test
    void shouldBringForeignMessagesToTheClientsOfAllNodesOnce() {
        for (int i = 0; i < CHANNELS; i++) {
            String channel = "ai.trading:c" + i;
            SocketClient ofA = connect(a, "a" + i, channel);
            SocketClient ofB = connect(b, "b" + i, channel);
            publish(channel, "{\"type\":\"news\",\"n\":1,\"timestamp\":\"yesterday\"}");
            publish(channel, "{\"type\":\"news\",\"n\":2}");
            publish(channel, "{\"type\":\"news\",\"n\":2}");
            for (SocketClient each : List.of(ofA, ofB)) {
                assertThat(each.next())
                        .isEqualTo(
                                new JsonObject().put("type", "news").put("n", 1).put("timestamp", "yesterday"));
                for (int again = 0; again < 2; again++) {
                    JsonObject second = each.next();
                    assertThat(second.remove("timestamp")).isNotNull();
                    assertThat(second)
                            .isEqualTo(new JsonObject().put("type", "news").put("n", 2));
                }
                each.send("{'type':'ping'}");
                assertThat(each.next().getString("type")).isEqualTo("pong");
            }
        }
    }

    @Test
    void shouldShowOtherSystemsWhatClientsSayAndClientsOnce() throws IOException {
        try (RespClient foreign = new RespClient(redis.port())) {
            foreign.call("PSUBSCRIBE", "ai.trading:*");
            for (int i = 0; i < CHANNELS; i++) {
                SocketClient ofA = connect(a, "a" + i, "room" + i);
                SocketClient ofB = connect(b, "b" + i, "room" + i);
                ofA.send("{'type':'chat_message','channel':'room" + i + "','message':'hi'}");
                ofA.send("{'type':'chat_message','channel':'room" + i + "','message':'hi'}");
                for (int twice = 0; twice < 2; twice++) {
                    JsonObject told = ofB.next("chat_message");
                    assertThat(ofA.next("chat_message")).isEqualTo(told);
                    assertThat(heard(foreign, "ai.trading:room" + i)).isEqualTo(told);
                }
                for (SocketClient each : List.of(ofA, ofB)) {
                    each.send("{'type':'ping'}");
                    assertThat(each.next().getString("type")).isEqualTo("pong");
                }
            }
        }
    }

    /** The next message but probes; it must be of that name. */
    private static JsonObject heard(RespClient foreign, String name) throws IOException {
        while (true) {
            if (foreign.read() instanceof List<?> message && !"ai.trading:probe".equals(message.get(2))) {
                assertThat(message.get(2)).isEqualTo(name);
                return new JsonObject(String.valueOf(message.get(3)));
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoMessageAndGoOn() {
        double before = refused();
        SocketClient client = connect(a, "c", "x");
        publish("x", "no json");
        publish("x", "[1]");
        publish("x", "1");
        publish("x", "\"text\"");
        publish("x", "{\"long\":\"" + "x".repeat(11_000) + "\"}");
        assertThat(redis.count("PUBLISH", "ai.trading:", "{}")).isEqualTo(2);
        assertThat(redis.count("PUBLISH", "ai.trading:x", new byte[] {'{', (byte) 0xff, '}'}))
                .isEqualTo(2);
        assertThat(redis.count("PUBLISH", "ai_trading:x", "{}")).isZero();
        publish("x", "{\"type\":\"good\"}");
        assertThat(client.next().getString("type")).isEqualTo("good");
        // too long and without a name: by both nodes; the rest by the home of the channel alone
        await().until(() -> refused() >= before + 9);
    }

    @Test
    void shouldServeItsClientsWithoutRedisAndCrossAgainWhenItIsBack() {
        SocketClient ofA = connect(a, "a", "x");
        SocketClient ofB = connect(b, "b", "x");
        redis.kill();
        await().atMost(PATIENCE).until(() -> {
            ofA.send("{'type':'chat_message','channel':'x','message':'alone'}");
            ofA.next("chat_message");
            ofB.next("chat_message");
            return a.metric("tickmesh_channel_unpublished_total") + b.metric("tickmesh_channel_unpublished_total") > 0;
        });
        redis.start();
        awaitSubscriptions();
        publish("x", "{\"type\":\"news\"}");
        ofA.next("news");
        ofB.next("news");
    }

    @Test
    void shouldCrossAgainAfterRedisStoodStill() {
        SocketClient ofA = connect(a, "a", "x");
        redis.freeze();
        await().atMost(PATIENCE).until(() -> a.metric("tickmesh_redis_connected") == 0);
        redis.thaw();
        awaitSubscriptions();
        publish("x", "{\"type\":\"news\"}");
        ofA.next("news");
    }
}
