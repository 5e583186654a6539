package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.SessionRecord;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A live feed without a key beside feeds that have one. */
final class UnconfiguredFeedTest {
    private static final String NOT_CONFIGURED = "FMP API Key not configured";

    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet("feeds.fmp.api_key=");
        await().until(() -> node.metric("tickmesh_feed_connected") == 2);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void shouldSayInContract1ThatTheKeyIsMissingAndServeTheOthers() {
        try (SocketClient client = node.prices()) {
            client.next("connected");
            client.send("{'action':'subscribe','symbols':['BTCUSD','AAPL']}");
            assertThat(client.next())
                    .isEqualTo(new JsonObject().put("type", "error").put("message", NOT_CONFIGURED));
            client.send("{'action':'subscribe','symbols':['BTCUSD']}");
            assertThat(client.next("subscription").getInteger("subscribed_total"))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldSayInRestThatTheKeyIsMissing() {
        HttpResponse<String> answer = node.post("/api/v2/realtime/subscribe", "[\"AAPL\"]");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject().put("detail", NOT_CONFIGURED));
        JsonObject health = node.getJson("/api/v2/realtime/health");
        assertThat(health.getBoolean("api_configured")).isFalse();
        assertThat(health.getBoolean("is_running")).isFalse();
        assertThat(health.getString("status")).isEqualTo("disconnected");
    }

    @Test
    void shouldTellNativeClientsWhatTheyWaitForAndNeverConnect() {
        try (SocketClient client = node.stream()) {
            client.send("{'type':'subscribe','topics':['trade/fmp:AAPL']}");
            JsonObject snapshot = client.next("snapshot");
            assertThat(snapshot.getString("state")).isEqualTo("waiting");
            assertThat(snapshot.getString("reason")).isEqualTo(NOT_CONFIGURED);
        }
        assertThat(node.sim().sessions()).extracting(SessionRecord::feed).containsOnly("crypto", "forex");
    }
}
