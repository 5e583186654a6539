package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that make no sense, at every door: an answer that can be read, and the session goes on. */
final class BadWordsTest {
    private static final String DEEP = "[".repeat(900) + "]".repeat(900);
    private static final List<String> WRONG = List.of(
            "null",
            "true",
            "-1",
            "0.5",
            "1e999",
            "9".repeat(40),
            "\"\"",
            "\"\\u0000\\ud800\"",
            "\"" + "x".repeat(3_000) + "\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[{}]",
            DEEP);

    private static final List<String> NATIVE = List.of(
            "{'type':'subscribe','id':1,'topics':['trade/fmp:BYTE'],'preference':'both',"
                    + "'max_rate':2,'fields':['price']}",
            "{'type':'resume','id':1,'positions':[{'topic':'trade/fmp:BYTE','epoch':1,'seq':1}]," + "'max_rate':2}",
            "{'type':'resume','positions':[{'topic':'trade/fmp:BYTE','epoch':1e999,'seq':1}]}",
            "{'type':'resume','positions':[{'topic':['trade/fmp:BYTE'],'epoch':1,'seq':-1}]}",
            "{'type':'configure','id':1,'topics':['trade/fmp:BYTE'],'max_rate':2,'fields':['price']}",
            "{'type':'unsubscribe','id':1,'topics':['trade/fmp:BYTE']}",
            "{'type':'unsubscribe','topics':[1e999,-1,99999999999,0.5]}",
            "{'type':'options','id':1,'format':'json','batch':0}",
            "{'type':'list','id':1}",
            "{'type':'ping','id':1,'time':2}");

    private static NodeUnderTest node;
    private static LoggedFailures failures;
    private int asked;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet(
                "feeds.kis.mode=sim", "feeds.kis.hours=always", "limits.requests_per_second=1000000");
        failures = new LoggedFailures();
    }

    @AfterAll
    static void stop() {
        failures.close();
        node.close();
        assertThat(failures.lines()).isEmpty();
    }

    /** Each request of a dialect, with all that it may have. */
    private static List<String> requests(Door door) {
        List<String> requests = switch (door) {
            case PRICES ->
                List.of(
                        "{'action':'subscribe','symbols':['BYTE']}",
                        "{'action':'unsubscribe','symbols':['BYTE']}",
                        "{'action':'get_subscriptions'}",
                        "{'action':'ping'}");
            case STOCK ->
                List.of(
                        "{'action':'subscribe','codes':['005930']}",
                        "{'action':'unsubscribe','codes':['005930']}",
                        "{'action':'list_subscriptions'}",
                        "{'action':'ping'}");
            case CHANNELS ->
                List.of(
                        "{'type':'subscribe','channel':'bytes','presence':true,'numbers':true,'resume':1}",
                        "{'type':'unsubscribe','channel':'bytes'}",
                        "{'type':'presence','channel':'bytes'}",
                        "{'type':'chat_message','channel':'bytes','message':'hi'}",
                        "{'type':'ping'}");
            case STREAM, SOCKJS, SOCKJS_RAW -> NATIVE;
            case EVENT_BUS ->
                List.of(
                        "{'type':'register','address':'ticks.trade/fmp:BYTE','headers':{'a':'b'}}",
                        "{'type':'unregister','address':'ticks.trade/fmp:BYTE'}",
                        "{'type':'send','address':'tickmesh.snapshot','replyAddress':'r',"
                                + "'body':{'topic':'trade/fmp:BYTE'}}",
                        "{'type':'send','address':'tickmesh.list','replyAddress':'r','body':null}",
                        "{'type':'publish','address':'ticks.trade/fmp:BYTE','body':{}}");
        };
        return requests.stream().map(each -> each.replace('\'', '"')).toList();
    }

    /** The request with another value for one of its keys, as text: not every value survives being parsed. */
    private static String with(String request, String key, String value) {
        JsonObject members = new JsonObject(request.replace("1e999", "1"));
        return members.fieldNames().stream()
                .map(each -> Json.encode(each) + ":" + (each.equals(key) ? value : Json.encode(members.getValue(each))))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** What comes between a request and the answer to the one behind it. */
    private List<String> ask(DoorClient client, Door door, String request) {
        String word = "number" + ++asked;
        List<String> answers = client.send(request).send(door.asking(word)).until(word);
        assertThat(answers)
                .as(request)
                .allSatisfy(each -> assertThat(new JsonObject(each).isEmpty()).isFalse());
        return answers.subList(0, answers.size() - 1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerWrongTypesOfEveryKey(Door door) {
        double before = node.metric("tickmesh_client_bad_requests_total", '"' + door.dialect + '"');
        int errors = 0;
        try (DoorClient client = new DoorClient(node, door)) {
            for (String request : requests(door)) {
                ask(client, door, request);
                for (String key : new JsonObject(request.replace("1e999", "1")).fieldNames()) {
                    boolean isCommand = key.equals("type") || key.equals("action");
                    for (String wrong : WRONG) {
                        List<String> answers = ask(client, door, with(request, key, wrong));
                        boolean refused = answers.stream().anyMatch(door::isError);
                        errors += refused ? 1 : 0;
                        assertThat(refused || !isCommand).as(key + " " + wrong).isTrue();
                    }
                }
            }
        }
        double least = errors;
        assertThat(errors).isGreaterThan(WRONG.size());
        await().until(() -> node.metric("tickmesh_client_bad_requests_total", '"' + door.dialect + '"')
                >= before + (door == Door.EVENT_BUS ? 1 : least));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBearOddJson(Door door) {
        String open = door.ping.substring(0, door.ping.length() - 1);
        try (DoorClient client = new DoorClient(node, door)) {
            for (String value : WRONG) {
                assertThat(ask(client, door, open + ",\"odd\":" + value + "}"))
                        .as(value)
                        .noneMatch(door::isError);
            }
            assertThat(ask(client, door, open + "," + door.ping.substring(1))).noneMatch(door::isError);
            for (String broken : List.of(
                    open + ",\"odd\":" + "9".repeat(100_000) + "}",
                    open + ",\"odd\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}",
                    open + ",\"odd\":\"\u0000\"}",
                    "\u0000",
                    "\ufeff",
                    "",
                    " ",
                    "[".repeat(100_000),
                    "{\"a\":".repeat(20_000),
                    door.ping + door.ping,
                    open + ",\"odd\":NaN}",
                    open + ",\"odd\":01}",
                    open.replace('"', '\'') + "}")) {
                assertThat(ask(client, door, broken))
                        .as(broken.substring(0, Math.min(40, broken.length())))
                        .anyMatch(door::isError);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseBinaryFramesAndGoOn(Door door) {
        try (DoorClient client = new DoorClient(node, door)) {
            byte[] ping = door.framed(door.ping).getBytes(StandardCharsets.UTF_8);
            client.sendBytes(RawClient.frame(0x82, ping));
            client.sendBytes(RawClient.frame(0x82, new byte[] {0, -1, 7}));
            assertThat(client.ping().stream().filter(door::isError)).hasSize(2);
        }
    }
}
