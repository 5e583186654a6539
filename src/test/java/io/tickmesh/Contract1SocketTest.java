package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of contract 1 section 1.1, whole objects compared, and every kind of bad input. */
final class Contract1SocketTest {
    private static NodeUnderTest node;
    private SocketClient client;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet("limits.linger=0ms");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void connect() {
        client = node.prices();
        expect("{'type':'connected','message':'Connected to real-time price stream'}");
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private void expect(String json) {
        assertThat(client.next()).isEqualTo(new JsonObject(json.replace('\'', '"')));
    }

    private void expectError(String message) {
        assertThat(client.next())
                .isEqualTo(new JsonObject().put("type", "error").put("message", message));
    }

    private void awaitRegistered(String ticker) {
        await().until(() -> node.sim().sessions().stream()
                .anyMatch(session -> session.isOpen() && session.tickers().contains(ticker)));
    }

    private void subscribe(String symbol) {
        client.send("{'action':'subscribe','symbols':['" + symbol + "']}");
        expect("{'type':'subscription','action':'subscribed','symbols':['" + symbol + "'],'subscribed_total':1}");
    }

    @Test
    void shouldAnswerEachRequestAsTheContractShowsIt() {
        client.send("{'action':'subscribe','symbols':['AAPL','MSFT']}");
        expect("{'type':'subscription','action':'subscribed','symbols':['AAPL','MSFT'],'subscribed_total':2}");
        client.send("{'action':'unsubscribe','symbols':['AAPL']}");
        expect("{'type':'subscription','action':'unsubscribed','symbols':['AAPL'],'subscribed_total':1}");
        client.send("{'action':'get_subscriptions'}");
        expect("{'type':'subscription','action':'list','symbols':['MSFT'],'subscribed_total':1}");
        client.send("{'action':'ping'}");
        expect("{'type':'pong'}");
    }

    @Test
    void shouldFoldTheCaseOfSymbolsAndIgnoreUnknownKeys() {
        client.send("{'action':'subscribe','symbols':['aapl','AaPl'],'color':'red'}");
        expect("{'type':'subscription','action':'subscribed','symbols':['AAPL'],'subscribed_total':1}");
        client.send("{'action':'subscribe','symbols':['AAPL']}");
        expect("{'type':'subscription','action':'subscribed','symbols':['AAPL'],'subscribed_total':1}");
        client.send("{'action':'unsubscribe','symbols':['TSLA']}");
        expect("{'type':'subscription','action':'unsubscribed','symbols':['TSLA'],'subscribed_total':1}");
    }

    @Test
    void shouldShowTradeThenMergedQuoteThenACancelledTradeThatMovesNothing() {
        subscribe("AMZN");
        awaitRegistered("amzn");
        long ms = System.currentTimeMillis();
        node.emit("stock", "{'s':'amzn','t':" + ms + "123456,'type':'T','lp':201.30,'ls':40}");
        JsonObject trade = client.next("price_update");
        JsonObject expected = new JsonObject()
                .put("type", "price_update")
                .put("symbol", "AMZN")
                .put("timestamp", ms)
                .put("data_type", "T")
                .put("last_price", 201.3)
                .put("last_size", 40)
                .put("cached_at", cachedAt(trade));
        assertThat(trade).isEqualTo(expected);

        node.emit(
                "stock",
                "{'s':'amzn','t':" + (ms + 1) + "000000,'type':'Q','ap':201.39,'as':300,'bp':201.36,'bs':500}");
        JsonObject quote = client.next("price_update");
        JsonObject merged = expected.copy()
                .put("timestamp", ms + 1)
                .put("data_type", "Q")
                .put("ask_price", 201.39)
                .put("ask_size", 300)
                .put("bid_price", 201.36)
                .put("bid_size", 500)
                .put("cached_at", cachedAt(quote));
        assertThat(quote).isEqualTo(merged);

        node.emit("stock", "{'s':'amzn','t':" + (ms + 2) + "000000,'type':'B','lp':199.00,'ls':7}");
        JsonObject broken = client.next("price_update");
        assertThat(broken)
                .isEqualTo(merged.copy()
                        .put("timestamp", ms + 2)
                        .put("data_type", "B")
                        .put("cached_at", cachedAt(broken)));
    }

    private static String cachedAt(JsonObject update) {
        String cachedAt = update.getString("cached_at");
        assertThat(cachedAt).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}");
        return cachedAt;
    }

    @Test
    void shouldKeepTheDigitsThatTheProviderSent() {
        subscribe("NFLX");
        awaitRegistered("nflx");
        long ms = System.currentTimeMillis();
        node.emit("stock", "{'s':'nflx','t':" + ms + "000000,'type':'T','lp':201.30,'ls':0.00001234}");
        assertThat(client.nextText()).contains("\"last_price\":201.30,").contains("\"last_size\":0.00001234,");
    }

    @Test
    void shouldReadTheTwentyDigitTimeOfCryptoAndShowTheMiddleOfForex() {
        long ms = System.currentTimeMillis();
        client.send("{'action':'subscribe','symbols':['BTCUSD','EURUSD']}");
        expect("{'type':'subscription','action':'subscribed','symbols':['BTCUSD','EURUSD'],'subscribed_total':2}");
        awaitRegistered("btcusd");
        awaitRegistered("eurusd");
        node.emit("crypto", "{'s':'btcusd','t':" + ms + "0000000,'e':'binance','type':'T','lp':70100.1,'ls':0.015}");
        assertThat(client.next("price_update").getLong("timestamp")).isEqualTo(ms);
        node.emit(
                "forex",
                "{'s':'eurusd','t':" + ms + ",'type':'Q','ap':1.10251,'as':1000000,'bp':1.10247,'bs':1000000}");
        JsonObject forex = client.next("price_update");
        assertThat(forex.getDouble("last_price")).isEqualTo(1.10249);
        assertThat(forex.containsKey("last_size")).isFalse();
    }

    @Test
    void shouldSendTheNewestValueToALaterClientAtOnce() {
        subscribe("ORCL");
        awaitRegistered("orcl");
        long ms = System.currentTimeMillis();
        node.emit("stock", "{'s':'orcl','t':" + ms + "000000,'type':'T','lp':99.5,'ls':1}");
        client.next("price_update");
        try (SocketClient second = node.prices()) {
            second.send("{'action':'subscribe','symbols':['ORCL']}");
            second.next("subscription");
            assertThat(second.next().getDouble("last_price")).isEqualTo(99.5);
        }
    }

    @Test
    void shouldReleaseTheUpstreamWithTheLastClient() {
        subscribe("IBM");
        awaitRegistered("ibm");
        client.close();
        await().until(() -> node.sim().sessions().stream()
                .noneMatch(session -> session.isOpen() && session.tickers().contains("ibm")));
        connect();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello                                           | Invalid JSON
            {'action'                                       | Invalid JSON
            []                                              | Expected a JSON object
            null                                            | Expected a JSON object
            42                                              | Expected a JSON object
            {}                                              | action is required
            {'action':7}                                    | action must be a string
            {'action':'dance'}                              | Unknown action: dance
            {'action':'subscribe'}                          | symbols is required
            {'action':'subscribe','symbols':'AAPL'}         | symbols must be an array of strings
            {'action':'subscribe','symbols':[]}             | symbols must not be empty
            {'action':'subscribe','symbols':['AAPL',7]}     | symbols[1] must be a string, but is 7
            {'action':'subscribe','symbols':[null]}         | symbols[0] must be a string, but is null
            {'action':'unsubscribe','symbols':{}}           | symbols must be an array of strings
            """)
    void shouldSayWhatIsWrongAndGoOn(String text, String message) {
        client.send(text);
        expectError(message);
        client.send("{'action':'ping'}");
        expect("{'type':'pong'}");
    }

    @Test
    void shouldRefuseTenThousandSymbolsInOneRequest() {
        String symbols =
                IntStream.range(0, 10_000).mapToObj(i -> "\"S" + i + "\"").collect(Collectors.joining(","));
        client.sendExactly("{\"action\":\"subscribe\",\"symbols\":[" + symbols + "]}");
        expectError("too many symbols: 10000, at most 5000 per request");
        client.send("{'action':'get_subscriptions'}");
        expect("{'type':'subscription','action':'list','symbols':[],'subscribed_total':0}");
    }

    @Test
    void shouldRefuseSymbolsWithControlCharactersOrEndlessOnes() {
        client.sendExactly("{\"action\":\"subscribe\",\"symbols\":[\"AAPL\",\"A\\u0000\\nB\"]}");
        assertThat(client.next().getString("message")).startsWith("symbols[1]:").doesNotContain("\u0000");
        client.send("{'action':'subscribe','symbols':['" + "A".repeat(300) + "']}");
        assertThat(client.next().getString("message")).startsWith("symbols[0]:").hasSizeLessThan(200);
        client.send("{'action':'get_subscriptions'}");
        expect("{'type':'subscription','action':'list','symbols':[],'subscribed_total':0}");
    }

    @Test
    void shouldRefuseBinaryFramesAndGoOn() {
        client.sendBinary(new byte[] {1, 2, 3});
        expectError("Binary frames are not supported, send JSON text");
        client.send("{'action':'ping'}");
        expect("{'type':'pong'}");
    }

    @Test
    void shouldCloseWith1009WhatIsTooLargeInOneFrameOrInParts() {
        client.sendExactly("\"" + "x".repeat(300_000) + "\"");
        assertThat(client.closeCode()).isEqualTo(1009);
        try (SocketClient other = node.prices()) {
            String part = "x".repeat(100_000);
            other.sendPart(part, false).sendPart(part, false).sendPart(part, true);
            assertThat(other.closeCode()).isEqualTo(1009);
        }
        connect();
    }

    @Test
    void shouldSurviveNestedBracketsAndRandomText() {
        client.sendExactly("[".repeat(100_000));
        expectError("Invalid JSON");
        Random random = new Random(4);
        String alphabet = "{}[]\":,aA0\\\u00e9\u4e00 ";
        for (int i = 0; i < 500; i++) {
            StringBuilder junk = new StringBuilder();
            for (int n = random.nextInt(60); n >= 0; n--) {
                junk.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            client.sendExactly(junk.toString());
            assertThat(client.next().getString("type")).isEqualTo("error");
        }
        client.send("{'action':'ping'}");
        expect("{'type':'pong'}");
    }

    @Test
    void shouldCountWhatItRefuses() {
        double before = node.metric("tickmesh_client_bad_requests_total", "prices");
        client.send("junk");
        expectError("Invalid JSON");
        await().until(() -> node.metric("tickmesh_client_bad_requests_total", "prices") == before + 1);
    }
}
