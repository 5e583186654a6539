package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Server-Sent Events on a real node. */
@Timeout(120)
final class SseDoorTest {
    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet("limits.connections=8");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static SseClient open(String query) {
        return new SseClient(node.uri("/sse?" + query), "");
    }

    private static void emitTrade(String ticker, String price) {
        node.emit(
                "stock",
                "{'s':'%s','t':%d,'type':'T','lp':%s,'ls':1}"
                        .formatted(ticker, System.currentTimeMillis() * 1_000_000, price));
    }

    @Test
    void shouldStreamTheNativeEventsWithThePositionsAsIds() {
        try (SseClient client = open("topics=trade/fmp:ssea,trade/fmp:SSEB")) {
            assertThat(client.response().statusCode()).isEqualTo(200);
            assertThat(client.response().headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(client.response().headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
            assertThat(client.next().type()).isEqualTo("hello");
            assertThat(client.next().type()).isEqualTo("subscribed");
            SseClient.Event first = client.next();
            assertThat(first.type()).isEqualTo("snapshot");
            String epoch = Long.toString(first.data().getLong("epoch"), 36);
            assertThat(first.id()).isEqualTo(epoch + ".0,-");
            assertThat(client.next("snapshot").id()).isEqualTo(epoch + ".0,0");
            assertThat(client.next("state").id()).isEmpty();
            client.next("state");
            emitTrade("sseb", "7.5");
            SseClient.Event tick = client.next();
            assertThat(tick.type()).isEqualTo("tick");
            assertThat(tick.id()).isEqualTo(epoch + ".0,1");
            assertThat(tick.data().getString("topic")).isEqualTo("trade/fmp:SSEB");
            assertThat(tick.data().getDouble("price")).isEqualTo(7.5);
        }
    }

    @Test
    void shouldGoOnAtTheLastEventIdWithoutASnapshot() {
        String query = "topics=trade/fmp:RES,trade/fmp:NEW";
        try (SocketClient holder = node.stream();
                SseClient client = open(query)) {
            holder.send("{'type':'subscribe','topics':['trade/fmp:RES']}");
            client.next("snapshot");
            client.next("state");
            client.next("state");
            emitTrade("res", "1.5");
            long seq = client.next("tick").data().getLong("seq");
            String last = client.lastId();
            client.leave();
            try (SseClient again = new SseClient(node.uri("/sse?" + query), last)) {
                assertThat(again.next().type()).isEqualTo("hello");
                SseClient.Event resumed = again.next();
                assertThat(resumed.type()).isEqualTo("resumed");
                assertThat(resumed.data()
                                .getJsonArray("results")
                                .getJsonObject(0)
                                .getInteger("missed"))
                        .isZero();
                emitTrade("res", "1.6");
                SseClient.Event next = again.next();
                assertThat(next.type()).isEqualTo("tick");
                assertThat(next.data().getLong("seq")).isEqualTo(seq + 1);
            }
            emitTrade("res", "1.7");
            holder.next(frame -> Long.valueOf(seq + 2).equals(frame.getLong("seq")));
            assertMissed(query, last, seq);
            String epoch = last.substring(0, last.indexOf('.'));
            try (SseClient wrongEpoch = new SseClient(node.uri("/sse?" + query + "&last_event_id=1.5,-"), "")) {
                SseClient.Event reset = wrongEpoch.next("reset");
                assertThat(reset.data().getString("topic")).isEqualTo("trade/fmp:RES");
                assertThat(reset.id()).startsWith(epoch + "." + Long.toString(seq + 2, 36) + ",");
            }
        }
    }

    /** Two ticks came since. */
    private static void assertMissed(String query, String last, long seq) {
        try (SseClient later = new SseClient(node.uri("/sse?" + query), last)) {
            JsonObject resumed = later.next("resumed").data();
            assertThat(resumed.getJsonArray("results").getJsonObject(0).getInteger("missed"))
                    .isEqualTo(2);
            for (int i = 1; i <= 2; i++) {
                SseClient.Event missed = later.next();
                assertThat(missed.type()).isEqualTo("tick");
                assertThat(missed.data().getLong("seq")).isEqualTo(seq + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/sse; topics is required: /sse?topics=trade/fmp:AAPL,quote/fmp:AAPL",
                "/sse?topics=; topics is required: /sse?topics=trade/fmp:AAPL,quote/fmp:AAPL",
                "/sse?topics=AAPL; not a topic, expected kind/provider:symbol: 'AAPL'",
                "/sse?topics=trade/fmp:AAPL,; not a topic, expected kind/provider:symbol: ''",
                "/sse?topics=book/fmp:AAPL; fmp offers trade and quote, not book: 'book/fmp:AAPL'",
                "/sse?topics=trade/fmp:AAPL&max_rate=fast; max_rate must be a number",
                "/sse?topics=trade/fmp:AAPL&format=compact; format and batch are not for event streams",
                "/sse?topics=trade/fmp:AAPL&last_event_id=x; Last-Event-ID is not one of a stream of these topics",
                "/sse?topics=trade/fmp:AAPL&last_event_id=1.1,2; Last-Event-ID is not one of a stream of these topics",
                "/sse?topics=trade/fmp:AAPL&last_event_id=5; Last-Event-ID is not one of a stream of these topics"
            })
    void shouldRefuseWhatItCannotServe(String path, String detail) {
        double before = node.metric("tickmesh_client_bad_requests_total", "stream");
        HttpResponse<String> answer = node.get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject().put("detail", detail));
        assertThat(node.metric("tickmesh_client_bad_requests_total", "stream")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"fields=nonsense", "max_rate=0", "max_rate=1e99", "preference=never"})
    void shouldRefuseWhatTheNativeDialectRefuses(String option) {
        HttpResponse<String> answer = node.get("/sse?topics=trade/fmp:AAPL&" + option);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("detail"))
                .contains(option.substring(0, option.indexOf('=')).replace("fields", "nonsense"));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void shouldTakeAtMostFiftyTopicsAndOnlyGet() {
        String topics = String.join(
                ",", IntStream.range(0, 51).mapToObj(i -> "trade/fmp:A" + i).toList());
        assertThat(node.get("/sse?topics=" + topics).body()).contains("too many topics: 51, at most 50");
        HttpResponse<String> posted = node.post("/sse", "{}");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void shouldSayThatTheNodeIsLeavingAndWhenToComeBack() {
        NodeUnderTest leaving = NodeUnderTest.quiet();
        try (SseClient stream = new SseClient(leaving.uri("/sse?topics=trade/fmp:BYE"), "");
                SockJsClient sockJs = SockJsClient.of("xhr_streaming", leaving.uri("/sockjs/stream"))) {
            stream.next("snapshot");
            sockJs.next("hello");
            leaving.close();
            SseClient.Event event = stream.next("leaving");
            assertThat(event.retry())
                    .isEqualTo(event.data().getLong("retry_after_ms").toString());
            JsonObject closing = stream.next("closing").data();
            assertThat(closing.getInteger("code")).isEqualTo(1001);
            assertThat(closing.getString("reason")).startsWith("node is leaving, come back in");
            sockJs.next("leaving");
            assertThat(sockJs.next("closing").getInteger("code")).isEqualTo(1001);
        }
    }

    @Test
    void shouldRefuseWhileTheNodeIsFullAndCountItsStreams() {
        await().until(() -> node.metric("tickmesh_client_sessions", "stream") == 0);
        List<SseClient> clients = IntStream.range(0, 8)
                .mapToObj(i -> open("topics=trade/fmp:FULL"))
                .toList();
        clients.forEach(client -> client.next("subscribed"));
        for (String path :
                List.of("/sse?topics=trade/fmp:FULL", "/sockjs/stream/0/x/xhr", "/eventbus/0/x/eventsource")) {
            HttpResponse<String> refused = path.endsWith("xhr") ? node.post(path, "") : node.get(path);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        }
        clients.forEach(SseClient::close);
        await().until(() -> node.metric("tickmesh_client_sessions", "stream") == 0);
        try (SseClient client = open("topics=trade/fmp:FULL")) {
            assertThat(client.next().type()).isEqualTo("hello");
        }
    }
}
