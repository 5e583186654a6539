package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.SessionRecord;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** Every row of contract 2, whole objects compared, and every kind of bad input. */
final class Contract2SocketTest {
    private static final String GREETING = "{'type':'connection_established','message':'실시간 주가 스트림에 연결되었습니다.',"
            + "'actions':['subscribe','unsubscribe','list_subscriptions','ping']}";

    private static ProviderUnderTest kis;
    private final KisTape tape = new KisTape();
    private SocketClient client;

    @BeforeAll
    static void start() {
        kis = ProviderUnderTest.kis(0, KisSimSettings.DEFAULTS.with("extra_symbols", 60), "limits.linger=0ms")
                .start();
    }

    @AfterAll
    static void stop() {
        kis.close();
    }

    @BeforeEach
    void connect() {
        client = open();
    }

    private static SocketClient open() {
        SocketClient opened = kis.client(0, "/ws/stock/");
        assertThat(opened.next()).isEqualTo(json(GREETING));
        return opened;
    }

    @AfterEach
    void disconnect() {
        client.close();
        await().until(() -> carried().isEmpty());
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private void expect(String text) {
        assertThat(client.next()).isEqualTo(json(text));
    }

    private void expectError(String message) {
        assertThat(client.next())
                .isEqualTo(new JsonObject().put("type", "error").put("message", message));
    }

    private static List<String> carried() {
        return kis.open().stream()
                .flatMap(each -> each.tickers().stream())
                .map(each -> each.substring(each.indexOf('|') + 1))
                .toList();
    }

    private void subscribe(SocketClient by, String code) {
        by.send("{'action':'subscribe','codes':['" + code + "']}");
        assertThat(by.next("subscription_result"))
                .isEqualTo(json("{'type':'subscription_result','success':true,'subscribed':['" + code
                        + "'],'failed':[],'error':null,'total_subscribed':1}"));
        await().until(() -> carried().contains(code));
    }

    @Test
    void shouldAnswerEachRequestAsTheContractShowsIt() {
        client.send("{'action':'subscribe','codes':['005930','000660']}");
        expect("{'type':'subscription_result','success':true,'subscribed':['005930','000660'],'failed':[],"
                + "'error':null,'total_subscribed':2}");
        client.send("{'action':'list_subscriptions'}");
        expect("{'type':'subscriptions_list','subscribed_codes':['005930','000660'],'count':2,"
                + "'kis_active_subscriptions':2,'kis_max_subscriptions':40}");
        client.send("{'action':'unsubscribe','codes':['005930']}");
        expect("{'type':'unsubscription_result','success':true,'unsubscribed':['005930'],'error':null,"
                + "'total_subscribed':1}");
        client.send("{'action':'ping'}");
        expect("{'type':'pong'}");
    }

    @Test
    void shouldWarnOfInvalidCodesAsPythonPrintsThemAndGoOnWithTheRest() {
        client.send("{'action':'subscribe','codes':['ABC','005930','12345']}");
        expectWarning("유효하지 않은 종목 코드: ['ABC', '12345']");
        expect("{'type':'subscription_result','success':false,'subscribed':['005930'],'failed':['ABC','12345'],"
                + "'error':null,'total_subscribed':1}");
        client.send("{'action':'unsubscribe','codes':['005930','INVALID']}");
        expectWarning("유효하지 않은 종목 코드: ['INVALID']");
        expect("{'type':'unsubscription_result','success':true,'unsubscribed':['005930'],'error':null,"
                + "'total_subscribed':0}");
        client.sendExactly("{\"action\":\"subscribe\",\"codes\":[\"it's\",\"'\\\"\",\"\\\\\",\"\\n\",\"٠٠٥٩٣٠\"]}");
        expectWarning("유효하지 않은 종목 코드: [\"it's\", '\\'\"', '\\\\', '?', '٠٠٥٩٣٠']");
        assertThat(client.next().getJsonArray("subscribed")).isEmpty();
    }

    private void expectWarning(String message) {
        assertThat(client.next())
                .isEqualTo(new JsonObject().put("type", "warning").put("message", message));
    }

    @Test
    void shouldCountTwiceSubscribedCodesOnceAndNotMindUnknownOnes() {
        client.send("{'action':'subscribe','codes':['005930','005930'],'color':'red'}");
        expect("{'type':'subscription_result','success':true,'subscribed':['005930'],'failed':[],'error':null,"
                + "'total_subscribed':1}");
        client.send("{'action':'subscribe','codes':['005930']}");
        expect("{'type':'subscription_result','success':true,'subscribed':['005930'],'failed':[],'error':null,"
                + "'total_subscribed':1}");
        client.send("{'action':'unsubscribe','codes':['035720']}");
        expect("{'type':'unsubscription_result','success':true,'unsubscribed':[],'error':null,'total_subscribed':1}");
    }

    @Test
    void shouldShowEachTradeWithNumbersAndNothingBeforeTheFirst() {
        subscribe(client, "035420");
        kis.emit(tape.trade("035420", 70_100, 12));
        assertThat(client.nextText())
                .isEqualTo(("{'type':'stock_price','stock_code':'035420','symbol':'001','time':'" + tape.clock()
                                + "','price':70100,'volume':12}")
                        .replace('\'', '"'));
        kis.emit(tape.trade("035420", 70_000, 3));
        expect("{'type':'stock_price','stock_code':'035420','symbol':'001','time':'" + tape.clock()
                + "','price':70000,'volume':3}");
        client.send("{'action':'unsubscribe','codes':['035420']}");
        client.next();
        kis.emit(tape.trade("035420", 71_000, 1));
        client.send("{'action':'ping'}");
        expect("{'type':'pong'}");
    }

    @Test
    void shouldRegisterOnceForTwoClientsAndReleaseWithTheLast() {
        subscribe(client, "051910");
        kis.emit(tape.trade("051910", 310_000, 7));
        client.next("stock_price");
        try (SocketClient second = open()) {
            subscribe(second, "051910");
            assertThat(second.next().getLong("price")).as("the newest at once").isEqualTo(310_000);
            client.send("{'action':'unsubscribe','codes':['051910']}");
            client.next("unsubscription_result");
            kis.emit(tape.trade("051910", 311_000, 1));
            assertThat(second.next().getLong("price")).isEqualTo(311_000);
        }
        await().until(() -> !carried().contains("051910"));
        assertThat(registrations("051910")).as("tr_type of each request").containsExactly("1", "2");
    }

    private static List<String> registrations(String code) {
        return kis.sim().sessions().stream()
                .flatMap(each -> each.frames().stream())
                .map(SessionRecord.ControlFrame::text)
                .filter(each -> each.contains('"' + code + '"'))
                .map(each -> new JsonObject(each).getJsonObject("header").getString("tr_type"))
                .toList();
    }

    @Test
    void shouldAnswerInTheOrderOfTheRequests() {
        client.send("{'action':'subscribe','codes':['005380']}");
        client.send("{'action':'list_subscriptions'}");
        client.send("{'action':'unsubscribe','codes':['005380']}");
        client.send("{'action':'ping'}");
        assertThat(List.of(client.next(), client.next(), client.next(), client.next()))
                .extracting(each -> each.getString("type"))
                .containsExactly("subscription_result", "subscriptions_list", "unsubscription_result", "pong");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello                                           | Invalid JSON
            {'action'                                       | Invalid JSON
            []                                              | Expected a JSON object
            null                                            | Expected a JSON object
            42                                              | Expected a JSON object
            {}                                              | Unknown action: None
            {'action':7}                                    | Unknown action: 7
            {'action':'dance'}                              | Unknown action: dance
            {'action':'subscribe'}                          | codes is required
            {'action':'subscribe','codes':null}             | codes is required
            {'action':'unsubscribe'}                        | codes is required
            {'action':'subscribe','codes':'005930'}         | codes must be an array of strings
            {'action':'subscribe','codes':[]}               | codes must not be empty
            {'action':'subscribe','codes':['005930',7]}     | codes[1] must be a string, but is 7
            {'action':'subscribe','codes':[null]}           | codes[0] must be a string, but is null
            {'action':'unsubscribe','codes':{}}             | codes must be an array of strings
            """)
    void shouldSayWhatIsWrongAndGoOn(String text, String message) {
        client.send(text);
        expectError(message);
        client.send("{'action':'ping'}");
        expect("{'type':'pong'}");
    }

    @Test
    void shouldRefuseTenThousandCodesInOneRequest() {
        String codes = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"" + (100_000 + i) + "\"")
                .collect(Collectors.joining(","));
        client.sendExactly("{\"action\":\"subscribe\",\"codes\":[" + codes + "]}");
        expectError("too many codes: 10000, at most 5000 per request");
        client.send("{'action':'list_subscriptions'}");
        assertThat(client.next().getInteger("count")).isZero();
    }

    @Test
    void shouldShortenEndlessCodes() {
        client.send("{'action':'subscribe','codes':['" + "1".repeat(10_000) + "']}");
        assertThat(client.next().getString("message")).hasSizeLessThan(100);
        assertThat(client.next().getJsonArray("failed").getString(0)).hasSizeLessThan(100);
    }

    @Test
    void shouldRefuseBinaryFramesAndGoOn() {
        client.sendBinary(new byte[] {1, 2, 3});
        expectError("Binary frames are not supported, send JSON text");
        client.send("{'action':'ping'}");
        expect("{'type':'pong'}");
    }

    @Test
    void shouldCloseWith1009WhatIsTooLarge() {
        client.sendExactly("\"" + "x".repeat(300_000) + "\"");
        assertThat(client.closeCode()).isEqualTo(1009);
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
    void shouldAnswerAPlainRequestWith426() {
        HttpResponse<String> answer = NodeUnderTest.send(
                HttpRequest.newBuilder(kis.uri(0, "/ws/stock/")).build());
        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"This is a WebSocket endpoint, connect with ws://\"}");
    }
}
