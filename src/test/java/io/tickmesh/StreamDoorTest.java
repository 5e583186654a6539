package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
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

/** Every frame of docs/protocol.md, whole objects compared, and every kind of bad input. */
final class StreamDoorTest {
    private static final int TOPICS_PER_SESSION = 30;

    private static NodeUnderTest node;
    private SocketClient client;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet(
                "node.name=door",
                "limits.linger=0ms",
                "limits.topics_per_session=" + TOPICS_PER_SESSION,
                "feeds.fmp-forex.mode=off",
                "upstream.backoff_first=100ms");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void connect() {
        client = node.stream();
        JsonObject hello = client.next();
        assertThat(hello.getString("session")).matches("door/[0-9]+-[0-9]+");
        assertThat(hello)
                .isEqualTo(json("{'type':'hello','protocol':1,'node':'door','formats':['json','compact'],"
                                + "'limits':{'topics':30,'topics_per_request':5000,'message_bytes':262144}}")
                        .put("time", hello.getLong("time"))
                        .put("session", hello.getString("session")));
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private void expect(String text) {
        assertThat(client.next()).isEqualTo(json(text));
    }

    /** Compares whole; these members change from run to run and only have to be recent or plausible numbers. */
    private JsonObject expectBut(String text, String... changing) {
        JsonObject frame = client.next();
        JsonObject expected = json(text);
        for (String member : changing) {
            assertThat(frame.getValue(member)).as("%s of %s", member, frame).isInstanceOf(Number.class);
            expected.put(member, frame.getValue(member));
        }
        assertThat(frame).isEqualTo(expected);
        return frame;
    }

    /** Asks something that is always answered: nothing else may come before. */
    private void expectNothingMore() {
        client.send("{'type':'ping','id':'still here'}");
        expectBut("{'type':'pong','id':'still here'}", "time");
    }

    private void subscribeLive(String topic) {
        client.send("{'type':'subscribe','topics':['" + topic + "']}");
        client.next(frame -> "state".equals(frame.getString("type")) && "live".equals(frame.getString("state")));
    }

    /** The number of the first topic of a request. */
    private static String number(JsonObject answer) {
        return answer.getJsonArray("results").getJsonObject(0).getLong("n").toString();
    }

    private static long emitTrade(String ticker, String price) {
        long ms = System.currentTimeMillis();
        node.emit("stock", "{'s':'" + ticker + "','t':" + ms + "000000,'type':'T','lp':" + price + ",'ls':1}");
        return ms * 1_000;
    }

    @Test
    void shouldSayTheTimeInItsGreeting() {
        try (SocketClient other = node.stream()) {
            assertThat(System.currentTimeMillis() - other.next().getLong("time"))
                    .isBetween(0L, 10_000L);
        }
    }

    @Test
    void shouldAnswerEachTopicOfASubscribeOnItsOwn() {
        client.send("{'type':'subscribe','id':7,'topics':['trade/fmp:aapl','trade/fmp:AAPL','AAPL','trade/binance:BTC',"
                + "'trade/fmp:EURUSD','quote/fmp:EURUSD','book/fmp:AAPL','candle.1m/fmp:AAPL','trade/fmp:AAPL@NXT']}");
        JsonObject subscribed = client.next();
        assertThat(subscribed).isEqualTo(new JsonObject("""
                {"type":"subscribed","id":7,"results":[
                  {"topic":"trade/fmp:AAPL","ok":true,"n":#,"state":"waiting","reason":"subscribing"},
                  {"topic":"trade/fmp:AAPL","ok":true,"already":true,"n":#},
                  {"topic":"AAPL","ok":false,"code":"bad_topic",
                   "message":"not a topic, expected kind/provider:symbol: 'AAPL'","retry":false},
                  {"topic":"trade/binance:BTC","ok":false,"code":"bad_topic",
                   "message":"unknown provider 'binance', known: [fmp, kis, kiwoom, upbit]","retry":false},
                  {"topic":"trade/fmp:EURUSD","ok":false,"code":"bad_topic",
                   "message":"fmp offers quote of currency pairs, not trade: 'trade/fmp:EURUSD'","retry":false},
                  {"topic":"quote/fmp:EURUSD","ok":false,"code":"refused",
                   "message":"feed fmp-forex is switched off","retry":true},
                  {"topic":"book/fmp:AAPL","ok":false,"code":"bad_topic",
                   "message":"fmp offers trade and quote, not book: 'book/fmp:AAPL'","retry":false},
                  {"topic":"candle.1m/fmp:AAPL","ok":false,"code":"bad_topic",
                   "message":"fmp offers trade and quote, not candle: 'candle.1m/fmp:AAPL'","retry":false},
                  {"topic":"trade/fmp:AAPL@NXT","ok":false,"code":"bad_topic",
                   "message":"fmp has no venues: 'trade/fmp:AAPL@NXT'","retry":false}]}
                """.replace("#", number(subscribed))));
        client.send("{'type':'list','id':8}");
        client.next("snapshot");
        assertThat(client.next("list")).isEqualTo(json("{'type':'list','id':8,'topics':['trade/fmp:AAPL']}"));
    }

    @Test
    void shouldSendTheSnapshotThenTheStateThenTradesThatCountUp() {
        client.send("{'type':'subscribe','topics':['trade/fmp:MSFT']}");
        JsonObject subscribed = client.next();
        String n = "'n':" + number(subscribed) + ",";
        assertThat(subscribed)
                .isEqualTo(json("{'type':'subscribed','results':[{'topic':'trade/fmp:MSFT','ok':true," + n
                        + "'state':'waiting','reason':'subscribing'}]}"));
        long epoch = expectBut(
                        "{'type':'snapshot','topic':'trade/fmp:MSFT','seq':0," + n + "'state':'waiting','reason':'subscribing',"
                                + "'simulated':false}",
                        "epoch",
                        "since")
                .getLong("epoch");
        expectBut("{'type':'state','topic':'trade/fmp:MSFT','state':'live','reason':''}", "since");
        long time = emitTrade("msft", "201.30");
        String first = "'topic':'trade/fmp:MSFT','epoch':" + epoch + ",'seq':1,'state':'live','time':" + time
                + ",'price':201.30,'size':1";
        expectBut("{'type':'tick'," + first + "}", "received");
        long broken = System.currentTimeMillis();
        node.emit("stock", "{'s':'msft','t':" + broken + "000000,'type':'B','lp':199,'ls':7}");
        expectBut(
                "{'type':'tick','topic':'trade/fmp:MSFT','epoch':" + epoch + ",'seq':2,'state':'live','time':"
                        + broken * 1_000 + ",'price':201.30,'size':1,'broken':{'price':199,'size':7}}",
                "received");
        try (SocketClient later = node.stream()) {
            later.send("{'type':'subscribe','topics':['trade/fmp:MSFT']}");
            assertThat(later.next("subscribed").getJsonArray("results").getJsonObject(0))
                    .isEqualTo(json("{'topic':'trade/fmp:MSFT','ok':true," + n + "'state':'live','reason':''}"));
            JsonObject snapshot = later.next();
            assertThat(snapshot)
                    .isEqualTo(json("{'type':'snapshot','topic':'trade/fmp:MSFT','epoch':" + epoch
                                    + ",'seq':2," + n + "'state':'live','reason':'','simulated':false,'time':" + broken * 1_000
                                    + ",'price':201.30,'size':1,'broken':{'price':199,'size':7}}")
                            .put("since", snapshot.getLong("since"))
                            .put("received", snapshot.getLong("received")));
        }
    }

    @Test
    void shouldKeepTheDigitsThatTheProviderSent() {
        subscribeLive("trade/fmp:NFLX");
        emitTrade("nflx", "0.00001230");
        assertThat(client.nextText()).contains("\"price\":0.00001230,");
    }

    @Test
    void shouldShowQuotesAsLastKnownWithTheirExchange() {
        client.send("{'type':'subscribe','topics':['quote/fmp:BTCUSD']}");
        long epoch = client.next("snapshot").getLong("epoch");
        client.next("state");
        long ms = System.currentTimeMillis();
        String head = "{'s':'btcusd','t':" + ms + "0000000,'e':'binance','type':'Q',";
        node.emit("crypto", head + "'ap':70100.2,'as':1.2,'bp':70100.1,'bs':0.015}", head + "'ap':70100.3}");
        String tick = "{'type':'tick','topic':'quote/fmp:BTCUSD','epoch':" + epoch + ",'state':'live','time':"
                + ms * 1_000 + ",'bid_price':70100.1,'bid_size':0.015,'exchange':'binance',";
        expectBut(tick + "'seq':1,'ask_price':70100.2,'ask_size':1.2}", "received");
        expectBut(tick + "'seq':2,'ask_price':70100.3}", "received");
    }

    @Test
    void shouldTellTheStateWhenTheUpstreamIsLostAndWhenItIsBack() {
        subscribeLive("trade/fmp:ORCL");
        emitTrade("orcl", "5");
        client.next("tick");
        client.send("{'type':'subscribe','topics':['quote/fmp:ORCL']}");
        client.next("snapshot");
        node.fault("close", new JsonObject().put("feed", "stock").put("code", 1011));
        String lost = "WebSocket connection closed: by the provider, code 1011";
        expectBut("{'type':'state','topic':'trade/fmp:ORCL','state':'stale','reason':'" + lost + "'}", "since");
        expectBut("{'type':'state','topic':'quote/fmp:ORCL','state':'waiting','reason':'" + lost + "'}", "since");
        expectBut("{'type':'state','topic':'quote/fmp:ORCL','state':'waiting','reason':'subscribing'}", "since");
        expectBut("{'type':'state','topic':'trade/fmp:ORCL','state':'live','reason':''}", "since");
        expectBut("{'type':'state','topic':'quote/fmp:ORCL','state':'live','reason':''}", "since");
        emitTrade("orcl", "6");
        assertThat(client.next("tick").getLong("seq")).isEqualTo(2);
    }

    @Test
    void shouldSendNothingAfterAnUnsubscribe() {
        subscribeLive("trade/fmp:IBM");
        subscribeLive("trade/fmp:INTC");
        try (SocketClient other = node.stream()) {
            other.send("{'type':'subscribe','topics':['trade/fmp:IBM']}");
            other.next("snapshot");
            client.send("{'type':'unsubscribe','id':'x','topics':['trade/fmp:ibm','trade/fmp:IBM','trade/fmp:']}");
            assertThat(client.next()).isEqualTo(new JsonObject("""
                    {"type":"unsubscribed","id":"x","results":[
                      {"topic":"trade/fmp:IBM","ok":true},
                      {"topic":"trade/fmp:IBM","ok":false,"code":"not_held",
                       "message":"this session does not hold trade/fmp:IBM","retry":false},
                      {"topic":"trade/fmp:","ok":false,"code":"bad_topic",
                       "message":"symbol is empty","retry":false}]}
                    """));
            emitTrade("ibm", "1");
            emitTrade("intc", "2");
            assertThat(client.next().getString("topic")).isEqualTo("trade/fmp:INTC");
            assertThat(other.next("tick").getString("topic")).isEqualTo("trade/fmp:IBM");
        }
    }

    @Test
    void shouldGiveIdsBackAsTheyCame() {
        for (String id : List.of("7", "-1.5", "\"a\"", "\"" + "x".repeat(64) + "\"", "null")) {
            client.sendExactly("{\"type\":\"list\",\"id\":" + id + "}");
            Object expected = new JsonArray("[" + id + "]").getValue(0);
            assertThat(client.next().getValue("id")).isEqualTo(expected);
        }
        for (String id : List.of("{}", "true", "[1]", "\"" + "x".repeat(65) + "\"")) {
            client.sendExactly("{\"type\":\"list\",\"id\":" + id + "}");
            JsonObject error = client.next();
            assertThat(error.getString("code")).isEqualTo("bad_request");
            assertThat(error.toString()).hasSizeLessThan(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello                                      | bad_json     |   | Invalid JSON
            {'type'                                    | bad_json     |   | Invalid JSON
            []                                         | bad_json     |   | Expected a JSON object
            null                                       | bad_json     |   | Expected a JSON object
            {'id':3}                                   | bad_request  | 3 | type is required
            {'type':7,'id':3}                          | bad_request  | 3 | type must be a string
            {'type':'dance','id':3}                    | unknown_type | 3 | Unknown type: dance
            {'type':'subscribe','id':3}                | bad_request  | 3 | topics is required
            {'type':'subscribe','topics':'a','id':3}   | bad_request  | 3 | topics must be an array of strings
            {'type':'subscribe','topics':[],'id':3}    | bad_request  | 3 | topics must not be empty
            {'type':'subscribe','topics':[7],'id':3}   | bad_request  | 3 | topics[0] must be a string, but is 7
            {'type':'unsubscribe','topics':[{}],'id':3}| bad_request  | 3 | topics[0] must be a topic or its number, but is {}
            {'type':'list','id':{}}                    | bad_request  |   | id must be a number or a string of at most 64 characters
            """)
    void shouldSayWhatIsWrongAndGoOn(String text, String code, Integer id, String message) {
        double before = node.metric("tickmesh_client_bad_requests_total", "stream");
        JsonObject expected = new JsonObject()
                .put("type", "error")
                .put("code", code)
                .put("message", message)
                .put("retry", false);
        client.send(text);
        assertThat(client.next()).isEqualTo(id == null ? expected : expected.put("id", id));
        expectNothingMore();
        await().until(() -> node.metric("tickmesh_client_bad_requests_total", "stream") == before + 1);
    }

    @Test
    void shouldHoldNoMoreTopicsThanASessionMay() {
        String topics = IntStream.rangeClosed(0, TOPICS_PER_SESSION)
                .mapToObj(i -> "'trade/fmp:T" + i + "'")
                .collect(Collectors.joining(","));
        client.send("{'type':'subscribe','topics':[" + topics + "]}");
        JsonArray results = client.next().getJsonArray("results");
        assertThat(results.getJsonObject(TOPICS_PER_SESSION - 1).getBoolean("ok"))
                .isTrue();
        assertThat(results.getJsonObject(TOPICS_PER_SESSION))
                .isEqualTo(json("{'topic':'trade/fmp:T30','ok':false,'code':'too_many_topics',"
                        + "'message':'a session may hold at most 30 topics','retry':false}"));
    }

    @Test
    void shouldRefuseTenThousandTopicsInOneRequest() {
        String topics = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"trade/fmp:S" + i + "\"")
                .collect(Collectors.joining(","));
        client.sendExactly("{\"type\":\"subscribe\",\"topics\":[" + topics + "]}");
        expect("{'type':'error','code':'bad_request','message':'too many topics: 10000, at most 5000 per request',"
                + "'retry':false}");
        expectNothingMore();
    }

    @Test
    void shouldRefuseTopicsWithControlCharactersOrEndlessOnes() {
        String endless = "trade/fmp:" + "A".repeat(300);
        client.sendExactly("{\"type\":\"subscribe\",\"topics\":[\"trade/fmp:A\\u0000\\nB\",\"" + endless + "\"]}");
        String answer = client.nextText();
        assertThat(answer).hasSizeLessThan(700).doesNotContain("\\u0000", "\\n");
        for (Object result : new JsonObject(answer).getJsonArray("results")) {
            assertThat(((JsonObject) result).getString("code")).isEqualTo("bad_topic");
        }
        expectNothingMore();
    }

    @Test
    void shouldRefuseBinaryFramesAndGoOn() {
        client.sendBinary(new byte[] {1, 2, 3});
        expect("{'type':'error','code':'bad_request','message':'Binary frames are not supported, send JSON text',"
                + "'retry':false}");
        expectNothingMore();
    }

    @Test
    void shouldCloseWith1009WhatIsTooLargeInOneFrameOrInParts() {
        client.sendExactly("\"" + "x".repeat(300_000) + "\"");
        assertThat(client.closeCode()).isEqualTo(1009);
        try (SocketClient other = node.stream()) {
            String part = "x".repeat(100_000);
            other.sendPart(part, false).sendPart(part, false).sendPart(part, true);
            assertThat(other.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void shouldSurviveNestedBracketsAndRandomText() {
        client.sendExactly("[".repeat(100_000));
        assertThat(client.next().getString("code")).isEqualTo("bad_json");
        Random random = new Random(5);
        String alphabet = "{}[]\":,aA0\\\u00e9\u4e00 ";
        for (int i = 0; i < 300; i++) {
            String junk = random.ints(1 + random.nextInt(60), 0, alphabet.length())
                    .mapToObj(at -> alphabet.substring(at, at + 1))
                    .collect(Collectors.joining());
            client.sendExactly(junk);
            assertThat(client.next().getString("type")).isEqualTo("error");
        }
        expectNothingMore();
    }

    @Test
    void shouldEchoTheTimeOfAPing() {
        client.send("{'type':'ping','id':4,'time':123.5}");
        expectBut("{'type':'pong','id':4,'echo':123.5}", "time");
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
        subscribeLive("trade/fmp:CMPT");
        client.send("{'type':'options','format':'compact'}");
        client.next("options");
        long time = emitTrade("cmpt", "201.30");
        JsonArray tick = new JsonArray(client.nextText());
        assertThat(tick.getLong(1)).isEqualTo(1);
        assertThat(tick.getLong(2)).isGreaterThanOrEqualTo(time);
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
        expect("{'type':'unsubscribed','results':[{'topic':'trade/fmp:CMPT','ok':true}]}");
    }
}
