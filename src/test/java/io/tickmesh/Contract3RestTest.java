package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The information objects of contract 3 section 3.3, whole but for their times. */
final class Contract3RestTest {
    private static final String ISO_LOCAL = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?";

    private NodeUnderTest node;
    private SocketClient client;

    /** Nothing is sent but what the test asks for. */
    @BeforeEach
    void start() {
        node = NodeUnderTest.quiet(
                "node.name=here",
                "channels.ping_interval=2s",
                "channels.ping_timeout=1h",
                "channels.heartbeat_interval=1h");
        client = node.channels("c1?user_id=alice");
        client.next("connected");
        client.send("{'type':'subscribe','channel':'news'}").next("subscription_result");
        client.send("{'type':'ping'}").next("pong");
        client.send("{'type':'dance'}").next("error");
    }

    @AfterEach
    void stop() {
        client.close();
        node.close();
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    @Test
    void shouldSayHowItIs() {
        HttpResponse<String> answer = node.get("/healthz/detailed");
        JsonObject health = new JsonObject(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat((String) health.remove("timestamp")).matches(ISO_LOCAL);
        assertThat(health)
                .isEqualTo(json("{'healthy':true,'service':'websocket','active_connections':1,'total_connections':1,"
                        + "'channels':1,'messages_sent':4,'messages_received':3,'errors':1}"));
    }

    @Test
    void shouldCount() {
        SocketClient second = node.channels("c2");
        second.next("connected");
        assertThat(node.sendTo("all", "{'type':'x'}")).isEqualTo(2);
        second.next("x");
        client.next("x");
        assertThat(node.getJson("/ws-stats"))
                .isEqualTo(json("{'total_connections':2,'active_connections':2,'messages_sent':7,'messages_received':3,"
                        + "'errors':1,'channels':1,'users_with_connections':1}"));
        second.close();
        client.send("{'type':'unsubscribe','channel':'news'}").next("unsubscription_result");
        await().untilAsserted(() -> assertThat(node.getJson("/ws-stats"))
                .isEqualTo(json("{'total_connections':2,'active_connections':1,'messages_sent':8,'messages_received':4,"
                        + "'errors':1,'channels':0,'users_with_connections':1}")));
    }

    @Test
    void shouldDescribeAClient() {
        try (RawClient mute = new RawClient(node.uri("/"), "/ws/mute")) {
            assertThat(mute.next()).isNotNull();
            expectClient("mute", json("{'client_id':'mute','user_id':null,'channels':[],'state':'connected'}"));
            JsonObject unheard = node.getJson("/ws-clients/mute");
            assertThat(unheard.getValue("last_pong")).as("it has said nothing").isNull();
            await().until(() -> node.getJson("/ws-clients/mute").getString("last_ping") != null);
            assertThat(node.getJson("/ws-clients/mute").getValue("last_pong")).isNull();
        }
        expectClient("c1", json("{'client_id':'c1','user_id':'alice','channels':['news'],'state':'connected'}"));
        await().untilAsserted(() -> {
            JsonObject pinged = node.getJson("/ws-clients/c1");
            assertThat(pinged.getString("last_ping")).matches(ISO_LOCAL);
            assertThat(pinged.getString("last_pong")).matches(ISO_LOCAL);
            assertThat(pinged.getString("last_pong")).isGreaterThanOrEqualTo(pinged.getString("last_ping"));
        });
    }

    private void expectClient(String id, JsonObject expected) {
        JsonObject info = node.getJson("/ws-clients/" + id);
        assertThat(info.fieldNames()).contains("last_ping", "last_pong");
        info.remove("last_ping");
        info.remove("last_pong");
        JsonObject metadata = (JsonObject) info.remove("metadata");
        assertThat((String) metadata.remove("connected_at")).matches(ISO_LOCAL);
        assertThat(metadata).isEqualTo(json("{'node':'here'}"));
        assertThat(info).isEqualTo(expected);
    }

    @Test
    void shouldAnswerNullForAnUnknownClient() {
        HttpResponse<String> answer = node.get("/ws-clients/nobody");
        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        client.close();
        await().until(() -> node.get("/ws-clients/c1").body().equals("null"));
    }

    @Test
    void shouldDescribeAChannel() {
        assertThat(node.getJson("/ws-channels/news"))
                .isEqualTo(new JsonObject()
                        .put("channel", "news")
                        .put("subscriber_count", 1)
                        .put("subscribers", new JsonArray().add("c1")));
        assertThat(node.getJson("/ws-channels/nothing"))
                .isEqualTo(json("{'channel':'nothing','subscriber_count':0,'subscribers':[]}"));
    }
}
