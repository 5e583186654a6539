package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The native dialect over every transport of SockJS, on a real node. */
final class SockJsTest {
    static final List<String> TRANSPORTS = SockJsClient.TRANSPORTS;
    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet("limits.client_timeout=10s", "limits.ping_interval=3s");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static URI door() {
        return node.uri("/sockjs/stream");
    }

    private static void emitTrade(String price) {
        node.emit(
                "stock",
                "{'s':'sock','t':%d,'type':'T','lp':%s,'ls':1}"
                        .formatted(System.currentTimeMillis() * 1_000_000, price));
    }

    @ParameterizedTest
    @FieldSource("TRANSPORTS")
    void shouldCarryAWholeSession(String transport) {
        try (SockJsClient client = SockJsClient.of(transport, door())) {
            assertThat(client.frame()).isEqualTo("o");
            assertThat(client.next().getString("type")).isEqualTo("hello");
            client.send("{'type':'subscribe','id':'é한\\\\','topics':['trade/fmp:SOCK']}");
            JsonObject subscribed = client.next();
            assertThat(subscribed.getString("type")).isEqualTo("subscribed");
            assertThat(subscribed.getString("id")).isEqualTo("é한\\");
            JsonObject snapshot = client.next();
            assertThat(snapshot.getString("type")).isEqualTo("snapshot");
            if (!"live".equals(snapshot.getString("state"))) {
                client.next("state");
            }
            for (int i = 1; i <= 3; i++) {
                String price = "20" + i + ".50";
                emitTrade(price);
                JsonObject tick = client.next("tick");
                assertThat(tick.getNumber("price").toString()).startsWith("20" + i + ".5");
                assertThat(tick.getLong("seq")).isEqualTo(snapshot.getLong("seq") + i);
            }
            client.send("{'type':'ping','id':7}");
            assertThat(client.next().getInteger("id")).isEqualTo(7);
        }
    }

    @Test
    void shouldDeliverSeveralMessagesOfOneFrameInOrder() {
        try (SockJsClient client = SockJsClient.of("websocket", door())) {
            client.sendFrame(
                    "[\"{\\\"type\\\":\\\"ping\\\",\\\"id\\\":1}\",\"{\\\"type\\\":\\\"ping\\\",\\\"id\\\":2}\"]");
            assertThat(client.next("pong").getInteger("id")).isEqualTo(1);
            assertThat(client.next("pong").getInteger("id")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "[\"a\"", "[1]", "[\"a\",{\"b\":1},\"c\"]", "nonsense", "[[\"a\"]]", "null"})
    void shouldCloseASocketThatSendsWhatIsNoFrame(String sent) {
        double before = node.metric("tickmesh_client_bad_requests_total", "stream");
        try (SockJsClient client = SockJsClient.of("websocket", door())) {
            assertThat(client.frame()).isEqualTo("o");
            client.sendFrame(sent);
            client.frame();
            assertThat(client.frame()).isEqualTo("c[1007,\"frame not understood\"]");
        }
        assertThat(node.metric("tickmesh_client_bad_requests_total", "stream")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "[\"a\"", "[1]", "[\"a\",{\"b\":1},\"c\"]", "nonsense", "[[\"a\"]]"})
    void shouldRefuseWhatIsNoFrameOverHttpAndGoOn(String sent) {
        String session = "/000/" + UUID.randomUUID();
        assertThat(post(session + "/xhr", "")).isEqualTo("o");
        HttpResponse<String> answer = SockJsClient.post(URI.create(door() + session + "/xhr_send"), "text/plain", sent);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("Broken JSON encoding.");
        assertThat(post(session + "/xhr", "")).startsWith("a[\"{\\\"type\\\":\\\"hello\\\"");
    }

    private static String post(String path, String body) {
        return SockJsClient.post(URI.create(door() + path), "text/plain", body)
                .body()
                .strip();
    }

    @Test
    void shouldKnowNoSessionThatNobodyOpened() {
        for (String send : List.of("xhr_send", "jsonp_send")) {
            assertThat(SockJsClient.post(URI.create(door() + "/000/nobody/" + send), "text/plain", "[\"x\"]")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void shouldRefuseASecondRequestForTheFramesOfASession() {
        String session = "/000/" + UUID.randomUUID();
        assertThat(post(session + "/xhr", "")).isEqualTo("o");
        post(session + "/xhr", "");
        var waiting = CompletableFuture.supplyAsync(() -> post(session + "/xhr", ""));
        String second = post(session + "/xhr", "");
        assertThat(List.of(second, waiting.join()))
                .as("one is refused, the other goes on")
                .anyMatch(frame -> frame.equals("c[2010,\"Another connection still open\"]"))
                .anyMatch(frame -> frame.equals("h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert(1)//", "<script>x", "a;b", "a\nb", "a\"b"})
    void shouldRefuseACallbackThatIsNoName(String callback) {
        for (String transport : List.of("jsonp", "htmlfile")) {
            HttpResponse<String> answer = node.get("/sockjs/stream/000/" + UUID.randomUUID() + '/' + transport + "?c="
                    + URLEncoder.encode(callback, StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("callback").doesNotContain(callback + "(");
        }
    }

    @Test
    void shouldForgetAClientThatPollsNoMore() {
        double before = node.metric("tickmesh_client_sessions", "stream");
        assertThat(post("/000/" + UUID.randomUUID() + "/xhr", "")).isEqualTo("o");
        await().until(() -> node.metric("tickmesh_client_sessions", "stream") > before);
        await().atMost(Duration.ofSeconds(20)).until(() -> node.metric("tickmesh_client_sessions", "stream") <= before);
    }

    @Test
    void shouldSayWhatItOffers() {
        JsonObject info = node.getJson("/sockjs/stream/info");
        assertThat(info.getBoolean("websocket")).isTrue();
        assertThat(info.getBoolean("cookie_needed")).isFalse();
        assertThat(node.get("/sockjs/stream/iframe.html").statusCode()).isEqualTo(200);
        assertThat(node.get("/sockjs/stream/").body()).isEqualTo("Welcome to SockJS!\n");
    }
}
