package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The limits and times of contract 3 section 3.2, all made small. */
final class ChannelLimitsTest {
    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet(
                "channels.require_auth=true",
                "channels.max_connections=4",
                "channels.max_message_size=2KB",
                "channels.ping_interval=1s",
                "channels.ping_timeout=1s",
                "channels.heartbeat_interval=200ms",
                "channels.allowed_origins=https://good.example",
                "channels.replace_old=true",
                "channels.channels_per_client=2");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** Others may not have been noticed to be gone yet. */
    private static void awaitAlone() {
        await().until(() -> node.getJson("/ws-stats").getInteger("active_connections") == 0);
    }

    private static SocketClient connect(String client) {
        SocketClient socket = node.channels(client + "?user_id=u");
        socket.next("connected");
        return socket;
    }

    @Test
    void shouldDemandAUser() {
        assertThat(node.channels("nobody").closeCode()).isEqualTo(4401);
        assertThat(node.channels("nobody?user_id=").closeCode()).isEqualTo(4401);
    }

    /** By either carrier; the token counts where both are given. */
    @Test
    void shouldTakeTheUserFromTheTokenOrTheQuery() {
        assertThat(userOf("/ws/who", "Authorization: Bearer alice")).isEqualTo("alice");
        assertThat(userOf("/ws/who", "Authorization: bearer  alice ")).isEqualTo("alice");
        assertThat(userOf("/ws/who?user_id=bob")).isEqualTo("bob");
        assertThat(userOf("/ws/who?user_id=bob", "Authorization: Bearer alice")).isEqualTo("alice");
        for (String carrier : new String[] {"Authorization: Bearer ", "Authorization: Basic YTpi"}) {
            try (RawClient nobody = new RawClient(node.uri("/"), "/ws/nobody", carrier)) {
                assertThat(nobody.next()).isNull();
                assertThat(nobody.closeCode()).isEqualTo(4401);
            }
        }
    }

    private static String userOf(String path, String... headers) {
        try (RawClient client = new RawClient(node.uri("/"), path, headers)) {
            assertThat(client.next()).isNotNull();
            return node.getJson("/ws-clients/who").getString("user_id");
        }
    }

    @Test
    void shouldRefuseMoreClientsThanThereMayBeAndTakeThemAgain() {
        awaitAlone();
        SocketClient[] all = {connect("m1"), connect("m2"), connect("m3"), connect("m4")};
        assertThat(node.channels("m5?user_id=u").closeCode()).isEqualTo(1013);
        for (SocketClient each : all) {
            each.close();
        }
        awaitAlone();
        connect("m5").close();
    }

    @Test
    void shouldLetTheNewcomerHaveTheId() {
        SocketClient first = connect("same");
        SocketClient second = connect("same");
        assertThat(first.closeCode()).isEqualTo(4409);
        second.send("{'type':'ping'}").next("pong");
        second.close();
    }

    @Test
    void shouldSendHeartbeats() {
        try (SocketClient client = connect("beat")) {
            for (int i = 0; i < 2; i++) {
                JsonObject beat = client.next("heartbeat");
                assertThat(beat.fieldNames()).containsExactlyInAnyOrder("type", "timestamp");
            }
        }
    }

    @Test
    void shouldRefuseOneChannelTooManyAndAMessageTooLarge() {
        try (SocketClient client = connect("greedy")) {
            for (String channel : new String[] {"a", "b", "c"}) {
                client.send("{'type':'subscribe','channel':'" + channel + "'}");
                assertThat(client.next("subscription_result").getBoolean("success"))
                        .isEqualTo(!channel.equals("c"));
            }
            client.send("{'type':'subscribe','channel':'c','numbers':true,'resume':5}");
            assertThat(client.next("subscription_result").getBoolean("success")).isFalse();
            client.send("{'type':'unsubscribe','channel':'c'}");
            assertThat(client.next(frame -> !frame.getString("type").equals("heartbeat"))
                            .getString("type"))
                    .isEqualTo("unsubscription_result");
            client.send("{'type':'ping','x':'" + "x".repeat(2_048) + "'}");
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void shouldCloseAClientThatAnswersNoPing() {
        try (RawClient silent = new RawClient(node.uri("/"), "/ws/silent?user_id=u")) {
            for (JsonObject frame = silent.next(); frame != null; frame = silent.next()) {
                assertThat(frame.getString("type")).isIn("connected", "heartbeat");
            }
            assertThat(silent.closeCode()).isEqualTo(1001);
            assertThat(silent.pings()).isPositive();
        }
        assertThat(node.get("/ws-clients/silent").body()).isEqualTo("null");
    }

    /** Who is no page has no origin. */
    @Test
    void shouldRefusePagesOfOtherOrigins() {
        assertThat(closeCodeFrom("https://evil.example")).isEqualTo(4403);
        assertThat(closeCodeFrom("https://good.example.evil.example")).isEqualTo(4403);
        assertThat(closeCodeFrom("null")).isEqualTo(4403);
        assertThat(closeCodeFrom("https://good.example")).isZero();
        connect("no-page").close();
    }

    /** Of a page; 0 if it is let in. */
    private static int closeCodeFrom(String origin) {
        try (RawClient page = new RawClient(node.uri("/"), "/ws/page?user_id=u", "Origin: " + origin)) {
            JsonObject first = page.next();
            assertThat(first == null || first.getString("type").equals("connected"))
                    .isTrue();
            return page.closeCode();
        }
    }
}
