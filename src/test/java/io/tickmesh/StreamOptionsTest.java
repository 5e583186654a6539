package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What native clients may ask of a node beside the topics themselves, over real sockets. */
final class StreamOptionsTest {
    private static NodeUnderTest node;
    private SocketClient client;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet("node.name=options", "limits.linger=0ms", "security.wildcards=true");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void connect() {
        client = node.stream();
        client.next("hello");
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    @Test
    void shouldTakeItsOptionsFromTheQuery() {
        try (SocketClient compact = node.stream("?format=compact&batch=20");
                SocketClient wrong = node.stream("?format=xml")) {
            compact.next("hello");
            compact.send("{'type':'options','id':1}");
            assertThat(compact.next()).isEqualTo(json("{'type':'options','id':1,'format':'compact','batch':20}"));
            wrong.next("hello");
            assertThat(wrong.next())
                    .isEqualTo(json("{'type':'error','code':'bad_request','message':'format must be json or compact',"
                            + "'retry':false}"));
            wrong.send("{'type':'options','id':1,'batch':1001}");
            assertThat(wrong.next().getString("message"))
                    .isEqualTo("batch must be a whole number of milliseconds from 0 to 1000");
        }
    }

    @Test
    void shouldSurviveAFloodOfRequestsAndServeTheOthers() {
        for (int i = 0; i < 20_000; i++) {
            client.sendExactly("{\"type\":\"subscribe\",\"topics\":[\"trade/fmp:FLOOD\"]}");
        }
        assertThat(client.next(frame -> "too_fast".equals(frame.getString("code"))))
                .isEqualTo(json("{'type':'error','code':'too_fast',"
                        + "'message':'more than 200 requests per second, the others are dropped','retry':true}"));
        try (SocketClient other = node.stream()) {
            other.send("{'type':'ping','id':1}");
            assertThat(other.next("pong").getInteger("id")).isEqualTo(1);
        }
    }

    @Test
    void shouldShowCompactTicksAndOneSnapshotOnly() {
        client.send("{'type':'subscribe','topics':['trade/fmp:CMPT']}");
        client.next(frame -> "state".equals(frame.getString("type")) && "live".equals(frame.getString("state")));
        client.send("{'type':'options','format':'compact'}");
        client.next("options");
        long ms = System.currentTimeMillis();
        node.emit("stock", "{'s':'cmpt','t':" + ms + "000000,'type':'T','lp':201.30,'ls':1}");
        JsonArray tick = new JsonArray(client.nextText());
        assertThat(tick.getLong(1)).isEqualTo(1);
        assertThat(tick.getLong(2)).isGreaterThanOrEqualTo(ms * 1_000);
        assertThat(tick.getDouble(3)).isEqualTo(201.30);
        assertThat(tick.getInteger(4)).isEqualTo(1);
        assertThat(tick.size()).isEqualTo(5);
        try (SocketClient once = node.stream()) {
            once.send("{'type':'subscribe','topics':['trade/fmp:CMPT'],'preference':'snapshot_only'}");
            assertThat(once.next("snapshot").getLong("n")).isEqualTo(tick.getLong(0));
            assertThat(once.next()).isEqualTo(json("{'type':'done','topic':'trade/fmp:CMPT'}"));
            once.send("{'type':'list'}");
            assertThat(once.next()).isEqualTo(json("{'type':'list','topics':[]}"));
        }
        client.send("{'type':'unsubscribe','topics':[" + tick.getLong(0) + "]}");
        assertThat(client.next())
                .isEqualTo(json("{'type':'unsubscribed','results':[{'topic':'trade/fmp:CMPT','ok':true}]}"));
    }

    @Test
    void shouldShowAllThatTheNodeHoldsWhoeverHoldsIt() {
        await().until(() -> node.metric("tickmesh_held_topics") == 0);
        try (SocketClient holder = node.stream()) {
            holder.send("{'type':'subscribe','topics':['trade/fmp:WILD1']}");
            holder.next("snapshot");
            client.send("{'type':'subscribe','topics':['trade/fmp:*']}");
            assertThat(client.next())
                    .isEqualTo(json("{'type':'subscribed','results':[{'topic':'trade/fmp:*','ok':true}]}"));
            assertThat(client.next("snapshot").getString("topic")).isEqualTo("trade/fmp:WILD1");
            holder.send("{'type':'subscribe','topics':['trade/fmp:WILD2']}");
            assertThat(client.next("snapshot").getString("topic")).isEqualTo("trade/fmp:WILD2");
            holder.next(frame ->
                    "trade/fmp:WILD2".equals(frame.getString("topic")) && "live".equals(frame.getString("state")));
            node.emit("stock", "{'s':'wild2','t':" + System.currentTimeMillis() + "000000,'type':'T','lp':7,'ls':1}");
            assertThat(client.next("tick").getInteger("price")).isEqualTo(7);
        }
        client.next(
                frame -> "done".equals(frame.getString("type")) && "trade/fmp:WILD1".equals(frame.getString("topic")));
        await().until(() -> node.metric("tickmesh_held_topics") == 0);
    }
}
