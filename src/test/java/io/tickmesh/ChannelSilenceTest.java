package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Contract 3 without pings of the node: who shows no activity is closed, and nothing is left of it. */
final class ChannelSilenceTest {
    @Test
    void shouldCloseAndForgetAClientWithoutActivity() {
        try (NodeUnderTest node = NodeUnderTest.quiet(
                        "limits.requests_per_second=100000",
                        "channels.ping_interval=1h",
                        "channels.ping_timeout=1h",
                        "channels.connection_timeout=2s");
                SocketClient lively = node.channels("lively");
                RawClient silent = new RawClient(node.uri("/"), "/ws/silent?user_id=u")) {
            lively.next("connected");
            lively.send("{'type':'subscribe','channel':'room','presence':true}").next("subscription_result");
            silent.send("{'type':'subscribe','channel':'room','padding':'" + "x".repeat(100) + "'}");
            assertThat(lively.next("joined").getString("client_id")).isEqualTo("silent");

            // its own pings are activity enough, with a moment between them
            JsonObject left = lively.send("{'type':'ping'}").next();
            while ("pong".equals(left.getString("type"))) {
                assertThat(node.get("/ws-clients/lively").body()).isNotEqualTo("null");
                left = lively.send("{'type':'ping'}").next();
            }
            assertThat(left.getString("client_id")).isEqualTo("silent");
            assertThat(left.getString("reason")).isEqualTo("silent");
            while (silent.next() != null) {
                assertThat(silent.closeCode()).isZero();
            }
            assertThat(silent.closeCode()).isEqualTo(1001);
            assertThat(silent.pings()).isZero();
            assertThat(node.get("/ws-clients/silent").body()).isEqualTo("null");
            JsonObject stats = node.getJson("/ws-stats");
            assertThat(stats.getInteger("active_connections")).isEqualTo(1);
            assertThat(stats.getInteger("users_with_connections")).isZero();
            assertThat(node.metric("tickmesh_client_closed_total", "channels", "silent"))
                    .isEqualTo(1);
        }
    }
}
