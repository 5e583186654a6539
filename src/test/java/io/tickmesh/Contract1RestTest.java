package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of contract 1 sections 1.2 and 1.3, whole objects compared, and every kind of bad input. */
final class Contract1RestTest {
    private static final String BASE = "/api/v2/realtime";
    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet("limits.linger=0ms");
        await().until(() -> node.getJson(BASE + "/health").getString("status").equals("connected"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void removePins() {
        JsonArray held = node.getJson(BASE + "/health").getJsonArray("subscribed_symbols");
        if (!held.isEmpty()) {
            assertThat(node.post(BASE + "/unsubscribe", held.encode()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private static JsonObject post(String path, String body) {
        HttpResponse<String> answer = node.post(BASE + path, body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return new JsonObject(answer.body());
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String detail) {
        assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject().put("detail", detail));
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static void trade(String ticker, long ms, String price) {
        await().until(() -> node.sim().sessions().stream()
                .anyMatch(session -> session.isOpen() && session.tickers().contains(ticker)));
        node.emit("stock", "{'s':'" + ticker + "','t':" + ms + "000000,'type':'T','lp':" + price + ",'ls':40}");
    }

    @Test
    void shouldSayThatItIsHealthy() {
        assertThat(node.getJson("/health")).isEqualTo(json("{'status':'healthy'}"));
    }

    @Test
    void shouldPinAndUnpinAsTheContractShowsIt() {
        assertThat(post("/subscribe", "['AAPL','MSFT']"))
                .isEqualTo(json("{'status':'success','message':'Subscribed to 2 symbols','symbols':['AAPL','MSFT'],"
                        + "'subscribed_total':2}"));
        assertThat(post("/subscribe", "['aapl','NVDA','TSLA']"))
                .isEqualTo(json("{'status':'success','message':'Subscribed to 3 symbols',"
                        + "'symbols':['AAPL','NVDA','TSLA'],'subscribed_total':4}"));
        assertThat(post("/unsubscribe", "['AAPL','MSFT']"))
                .isEqualTo(json("{'status':'success','message':'Unsubscribed from 2 symbols',"
                        + "'symbols':['AAPL','MSFT'],'subscribed_total':2}"));
        await().until(() -> node.sim().sessions().stream()
                .anyMatch(session -> session.isOpen()
                        && session.tickers().size() == 2
                        && session.tickers().contains("nvda")));
    }

    @Test
    void shouldTellHealthAndStatusOfTheWholeService() {
        try (SocketClient client = node.prices()) {
            client.send("{'action':'subscribe','symbols':['GOOG']}");
            client.next("subscription");
            post("/subscribe", "['META']");
            long ms = System.currentTimeMillis();
            trade("goog", ms, "10");
            client.next("price_update");
            trade("meta", ms, "11");
            await().until(() -> node.getJson(BASE + "/health")
                    .getJsonArray("cached_symbols")
                    .contains("META"));
            JsonArray cached = node.getJson(BASE + "/health").getJsonArray("cached_symbols");

            assertThat(node.getJson(BASE + "/health"))
                    .isEqualTo(json("{'status':'connected','is_running':true,'api_configured':true,"
                                    + "'subscribed_symbols':['GOOG','META'],'callbacks_registered':1,"
                                    + "'reconnect_attempts':0}")
                            .put("cached_symbols", cached));
            JsonObject status = node.getJson(BASE + "/status");
            assertThat(status.getString("timestamp")).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}");
            assertThat(status)
                    .isEqualTo(json("{'connection_status':{'is_connected':true,'is_running':true,"
                                    + "'subscribed_symbols':['GOOG','META'],'total_clients':1}}")
                            .put("timestamp", status.getString("timestamp"))
                            .put(
                                    "cached_data",
                                    new JsonObject().put("count", cached.size()).put("symbols", cached)));
        }
        await().until(() -> node.getJson(BASE + "/health").getInteger("callbacks_registered") == 0);
    }

    @Test
    void shouldServeTheCacheBySymbolAndInWhole() {
        post("/subscribe", "['AMD','INTC']");
        long ms = System.currentTimeMillis();
        trade("amd", ms, "160.50");
        trade("intc", ms, "30.25");
        await().until(() -> node.get(BASE + "/cache/AMD").statusCode() == 200
                && node.get(BASE + "/cache/INTC").statusCode() == 200);

        HttpResponse<String> answer = node.get(BASE + "/cache/amd");
        assertThat(answer.body()).contains("\"last_price\":160.50,");
        JsonObject entry = new JsonObject(answer.body()).getJsonObject("data");
        assertThat(new JsonObject(answer.body()))
                .isEqualTo(new JsonObject()
                        .put("symbol", "AMD")
                        .put(
                                "data",
                                json("{'symbol':'AMD','type':'T','last_price':160.5,'last_size':40}")
                                        .put("timestamp", ms)
                                        .put("cached_at", entry.getString("cached_at"))));

        JsonObject whole = node.getJson(BASE + "/cache");
        assertThat(whole.fieldNames()).containsExactlyInAnyOrder("total", "returned", "limit", "data");
        assertThat(whole.getInteger("limit")).isEqualTo(50);
        assertThat(whole.getInteger("returned")).isEqualTo(whole.getInteger("total"));
        assertThat(whole.getJsonObject("data").getJsonObject("AMD")).isEqualTo(entry);

        JsonObject one = node.getJson(BASE + "/cache?limit=1");
        assertThat(one.getInteger("total")).isEqualTo(whole.getInteger("total"));
        assertThat(one.getInteger("returned")).isEqualTo(1);
        assertThat(one.getJsonObject("data")).hasSize(1);
    }

    @Test
    void shouldAnswer404ForASymbolWithoutData() {
        assertRefused(node.get(BASE + "/cache/nodata"), 404, "No cached data for NODATA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "1000000000000", "1.5", ""})
    void shouldRefuseALimitThatIsNone(String limit) {
        assertRefused(
                node.get(BASE + "/cache?limit=" + limit),
                422,
                "limit must be a whole number from 1 to 100000, but is " + limit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'symbols':['AAPL']}  | Expected a JSON array of symbols
            42                    | Expected a JSON array of symbols
            nonsense              | Invalid JSON
            ['AAPL'               | Invalid JSON
            []                    | symbols must not be empty
            ['AAPL',5]            | symbols[1] must be a string, but is 5
            ['A B']               | symbols[0]: symbol has a character that is not allowed: 'A B'
            """)
    void shouldSayWhatIsWrongWithABody(String body, String detail) {
        assertRefused(node.post(BASE + "/subscribe", body.replace('\'', '"')), 422, detail.strip());
        assertRefused(node.post(BASE + "/unsubscribe", body.replace('\'', '"')), 422, detail.strip());
    }

    @Test
    void shouldRefuseAnEmptyBodyTooManySymbolsAndTooLargeABody() {
        assertRefused(
                node.post(BASE + "/subscribe", ""), 422, "Expected a JSON array of symbols, but the body is empty");
        String many =
                IntStream.range(0, 10_000).mapToObj(i -> "\"S" + i + "\"").collect(Collectors.joining(",", "[", "]"));
        assertRefused(node.post(BASE + "/subscribe", many), 422, "too many symbols: 10000, at most 5000 per request");
        String large = "[\"" + "A".repeat(1_100_000) + "\"]";
        assertRefused(node.post(BASE + "/subscribe", large), 413, "Body is larger than 1048576 bytes");
    }

    @Test
    void shouldRefuseAnotherContentTypeButTakeNone() {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.uri(BASE + "/subscribe"));
        HttpRequest form = request.copy()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("[\"AAPL\"]"))
                .build();
        assertRefused(
                NodeUnderTest.send(form),
                415,
                "Content-Type must be application/json, but is application/x-www-form-urlencoded");
        HttpRequest bare = request.POST(BodyPublishers.ofString("[\"AAPL\"]")).build();
        assertThat(NodeUnderTest.send(bare).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerUnknownPathsAndMethodsInTheSameForm() {
        assertRefused(node.get("/nowhere"), 404, "Nothing at /nowhere");
        assertRefused(node.get(BASE + "/subscribe"), 405, "Method GET is not allowed here");
        assertRefused(node.get(BASE + "/ws/prices"), 426, "This is a WebSocket endpoint, connect with ws://");
    }

    @Test
    void shouldLetPagesOfOtherOriginsIn() {
        HttpResponse<String> answer = NodeUnderTest.send(HttpRequest.newBuilder(node.uri(BASE + "/health"))
                .header("Origin", "http://localhost:3000")
                .build());
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        HttpResponse<String> preflight = NodeUnderTest.send(HttpRequest.newBuilder(node.uri(BASE + "/subscribe"))
                .header("Origin", "http://localhost:3000")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());
        assertThat(preflight.statusCode()).isBetween(200, 204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValueSatisfying(allowed -> assertThat(allowed).contains("POST"));
    }
}
