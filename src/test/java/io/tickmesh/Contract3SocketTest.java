package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of contract 3 section 3.1, whole objects compared but for their times, and every kind of bad input. */
final class Contract3SocketTest {
    private static final String ISO_LOCAL = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?";
    private static final int MESSAGES = 2_000;
    private static NodeUnderTest node;
    private final List<SocketClient> clients = new ArrayList<>();
    private SocketClient client;
    private static int last;
    private String id;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet("limits.requests_per_second=100000");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void connect() {
        id = "c" + ++last;
        client = connect(id, id);
    }

    private SocketClient connect(String path, String expectedId) {
        SocketClient socket = node.channels(path);
        clients.add(socket);
        expect(socket, "{'type':'connected','client_id':'" + expectedId + "'}");
        return socket;
    }

    @AfterEach
    void disconnect() {
        clients.forEach(SocketClient::close);
    }

    private void expect(String json) {
        expect(client, json);
    }

    private static void expect(SocketClient socket, String json) {
        JsonObject frame = socket.next();
        assertThat((String) frame.remove("timestamp")).matches(ISO_LOCAL);
        assertThat(frame).isEqualTo(new JsonObject(json.replace('\'', '"')));
    }

    private static void subscribe(SocketClient socket, String channel) {
        socket.send("{'type':'subscribe','channel':'" + channel + "'}");
        expect(socket, "{'type':'subscription_result','channel':'" + channel + "','success':true}");
    }

    @Test
    void shouldAnswerEachRequestAsTheContractShowsIt() {
        client.send("{'type':'ping','timestamp':'2027-11-26T00:30:00Z'}");
        expect("{'type':'pong'}");
        client.send("{'type':'ping'}");
        expect("{'type':'pong'}");
        client.send("{'type':'subscribe','channel':'stock_updates'}");
        expect("{'type':'subscription_result','channel':'stock_updates','success':true}");
        client.send("{'type':'subscribe','channel':'stock_updates'}");
        expect("{'type':'subscription_result','channel':'stock_updates','success':true}");
        client.send("{'type':'unsubscribe','channel':'stock_updates'}");
        expect("{'type':'unsubscription_result','channel':'stock_updates','success':true}");
        client.send("{'type':'unsubscribe','channel':'never'}");
        expect("{'type':'unsubscription_result','channel':'never','success':true}");
        client.send("{'type':'subscribe'}");
        expect("{'type':'error','message':'Channel name required for subscription'}");
    }

    @Test
    void shouldAnswerInTheOrderOfTheRequests() {
        client.send("{'type':'subscribe','channel':'order'}")
                .send("{'type':'ping'}")
                .send("{'type':'chat_message','channel':'order','message':'mine'}")
                .send("{'type':'unsubscribe','channel':'order'}")
                .send("{'type':'chat_message','channel':'order','message':'late'}")
                .send("{'type':'ping'}");

        expect("{'type':'subscription_result','channel':'order','success':true}");
        expect("{'type':'pong'}");
        expect("{'type':'chat_message','client_id':'" + id + "','message':'mine','channel':'order'}");
        expect("{'type':'unsubscription_result','channel':'order','success':true}");
        expect("{'type':'pong'}");
    }

    @Test
    void shouldBringAChatMessageToAllOfItsChannelAndNobodyElse() {
        SocketClient other = connect(id + "-other", id + "-other");
        SocketClient third = connect(id + "-third", id + "-third");
        subscribe(client, "general");
        subscribe(other, "general");
        subscribe(third, "elsewhere");

        client.send("{'type':'chat_message','message':'안녕 \\'\\'','channel':'general'}".replace("\\'\\'", "all"));
        other.send("{'type':'chat_message'}");

        String first = "{'type':'chat_message','client_id':'" + id + "','message':'안녕 all','channel':'general'}";
        String second = "{'type':'chat_message','client_id':'" + id + "-other','message':'','channel':'general'}";
        List<String> texts = new ArrayList<>();
        for (SocketClient each : List.of(client, other)) {
            List<String> got = List.of(bare(each.next()), bare(each.next()));
            assertThat(got).containsExactlyInAnyOrder(bare(first), bare(second));
            texts.addAll(got);
        }
        assertThat(texts.subList(0, 2)).as("one order for all").isEqualTo(texts.subList(2, 4));
        third.send("{'type':'ping'}");
        expect(third, "{'type':'pong'}");
    }

    private static String bare(JsonObject frame) {
        frame.remove("timestamp");
        return frame.encode();
    }

    private static String bare(String json) {
        return new JsonObject(json.replace('\'', '"')).encode();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                            | Invalid JSON
            ping                                         | Invalid JSON
            []                                           | Expected a JSON object
            {}                                           | type is required
            {"type":null}                                | type is required
            {"type":7}                                   | type must be a string
            {"type":"dance"}                             | Unknown message type: dance
            {"type":"subscribe","channel":""}            | Channel name required for subscription
            {"type":"subscribe","channel":null}          | Channel name required for subscription
            {"type":"subscribe","channel":[1]}           | channel must be a text of at most 200 characters without control characters
            {"type":"subscribe","channel":"a\\nb"}       | channel must be a text of at most 200 characters without control characters
            {"type":"subscribe","channel":"a","resume":-1}     | resume must be the number of a message
            {"type":"subscribe","channel":"a","presence":1}    | presence must be true or false
            {"type":"unsubscribe"}                       | Channel name required for unsubscription
            {"type":"presence"}                          | Channel name required for presence
            """)
    void shouldSayWhatIsWrongAndGoOn(String request, String message) {
        client.sendExactly(request);
        JsonObject frame = client.next();
        assertThat((String) frame.remove("timestamp")).matches(ISO_LOCAL);
        assertThat(frame).isEqualTo(new JsonObject().put("type", "error").put("message", message));
        client.send("{'type':'ping'}");
        expect("{'type':'pong'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "throw"})
    void shouldSayThatAHandlerFailedAndGoOn(String type) {
        for (int i = 0; i < 100; i++) {
            client.send("{'type':'" + type + "'}");
        }
        for (int i = 0; i < 100; i++) {
            expect("{'type':'error','message':'Message could not be handled'}");
        }
    }

    @Test
    void shouldSurviveWhatNoClientWouldSend() {
        client.sendBinary(new byte[] {1, 2, 3});
        expect("{'type':'error','message':'Binary frames are not supported, send JSON text'}");
        client.sendExactly("[".repeat(1_000_000));
        expect("{'type':'error','message':'Invalid JSON'}");
        client.sendPart("{\"type\":", false).sendPart("\"ping\"}", true);
        expect("{'type':'pong'}");
    }

    @Test
    void shouldCloseWhatIsLargerThanAMessageMayBe() {
        client.sendExactly("{\"type\":\"ping\",\"x\":\"" + "x".repeat(1_048_576 - 23) + "\"}");
        expect("{'type':'pong'}");
        client.sendExactly("{\"type\":\"ping\",\"x\":\"" + "가".repeat(350_000) + "\"}");
        assertThat(client.closeCode()).isEqualTo(1009);
    }

    @Test
    void shouldRefuseAnIdInUseUntilItIsFree() {
        SocketClient second = node.channels(id);
        assertThat(second.closeCode()).isEqualTo(4409);
        client.send("{'type':'ping'}");
        expect("{'type':'pong'}");

        client.close();
        await().untilAsserted(() -> connect(id, id));
    }

    @Test
    void shouldTakeAnyIdThatCanBePrinted() {
        connect("a%20b%2Fc+d%EA%B0%80?user_id=u%201", "a b/c+d가");
        assertThat(node.getJson("/ws-clients/a%20b%2Fc+d%EA%B0%80").getString("user_id"))
                .isEqualTo("u 1");
        assertThat(node.channels("%00").closeCode()).isEqualTo(1008);
        assertThat(node.channels("x".repeat(201)).closeCode()).isEqualTo(1008);
    }

    @Test
    void shouldSayWhoIsInAChannelAndWhoComesAndGoesToThoseWhoAsk() {
        String channel = "room-" + id;
        SocketClient watcher = connect("w-" + id + "?user_id=alice", "w-" + id);
        watcher.send("{'type':'subscribe','channel':'" + channel + "','presence':true}");
        expect(watcher, "{'type':'subscription_result','channel':'" + channel + "','success':true}");
        SocketClient guest = connect("g-" + id + "?user_id=bob", "g-" + id);
        subscribe(client, channel);
        subscribe(guest, channel);

        expect(watcher, "{'type':'joined','channel':'" + channel + "','client_id':'" + id + "','user_id':null}");
        expect(watcher, "{'type':'joined','channel':'" + channel + "','client_id':'g-" + id + "','user_id':'bob'}");
        client.send("{'type':'presence','channel':'" + channel + "'}");
        JsonObject present = client.next();
        assertThat(present.getInteger("count")).isEqualTo(3);
        assertThat(present.getJsonArray("clients"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject().put("client_id", "w-" + id).put("user_id", "alice"))
                        .add(new JsonObject().put("client_id", id).put("user_id", null))
                        .add(new JsonObject().put("client_id", "g-" + id).put("user_id", "bob")));
        guest.close();
        expect(
                watcher,
                "{'type':'left','channel':'" + channel + "','client_id':'g-" + id
                        + "','user_id':'bob','reason':'websocket_disconnect'}");
        client.send("{'type':'unsubscribe','channel':'" + channel + "'}");
        expect("{'type':'unsubscription_result','channel':'" + channel + "','success':true}");
        expect(
                watcher,
                "{'type':'left','channel':'" + channel + "','client_id':'" + id
                        + "','user_id':null,'reason':'unsubscribe'}");
        subscribe(client, channel);
        expect(watcher, "{'type':'joined','channel':'" + channel + "','client_id':'" + id + "','user_id':null}");
        client.leave();
        expect(
                watcher,
                "{'type':'left','channel':'" + channel + "','client_id':'" + id
                        + "','user_id':null,'reason':'client_disconnect'}");
        watcher.send("{'type':'unsubscribe','channel':'" + channel + "'}");
        expect(watcher, "{'type':'unsubscription_result','channel':'" + channel + "','success':true}");
    }

    private long numbered(SocketClient socket, String text) {
        JsonObject frame = socket.next("chat_message");
        assertThat(frame.getString("message")).isEqualTo(text);
        return frame.getLong("message_number");
    }

    @Test
    void shouldResumeAChannelWhereAClientLeftIt() {
        String channel = "tape-" + id;
        SocketClient reader = connect("r-" + id, "r-" + id);
        reader.send("{'type':'subscribe','channel':'" + channel + "','numbers':true}");
        long start = reader.next().getLong("message_number");
        subscribe(client, channel);
        for (String text : List.of("one", "two", "three")) {
            client.send("{'type':'chat_message','channel':'" + channel + "','message':'" + text + "'}");
            assertThat(client.next("chat_message").containsKey("message_number"))
                    .isFalse();
        }
        assertThat(numbered(reader, "one")).isEqualTo(start + 1);
        reader.close();

        SocketClient again = connect("r2-" + id, "r2-" + id);
        again.send("{'type':'subscribe','channel':'" + channel + "','resume':" + (start + 1) + "}");
        JsonObject result = again.next();
        assertThat(result.getBoolean("success")).isTrue();
        assertThat(result.getLong("message_number")).isEqualTo(start + 3);
        assertThat(result.getInteger("missed")).isEqualTo(2);
        assertThat(numbered(again, "two")).isEqualTo(start + 2);
        assertThat(numbered(again, "three")).isEqualTo(start + 3);
        client.send("{'type':'chat_message','channel':'" + channel + "','message':'four'}");
        assertThat(numbered(again, "four")).isEqualTo(start + 4);

        SocketClient lost = connect("r3-" + id, "r3-" + id);
        lost.send("{'type':'subscribe','channel':'" + channel + "','resume':5}");
        assertThat(lost.next().getInteger("missed")).isZero();
        expect(lost, "{'type':'reset','channel':'" + channel + "','message_number':" + (start + 4) + "}");
    }

    /** The one that does not read is closed, the others get all there is, in order. */
    @Test
    void shouldNotLetASlowClientHoldUpTheOthers() {
        SocketClient reader = connect("r-" + id, "r-" + id);
        try (RawClient stuck = new RawClient(node.uri("/"), "/ws/stuck-" + id)) {
            // at once, without waiting to be told that it is connected
            stuck.send("{'type':'subscribe','channel':'flood','padding':'" + "x".repeat(100) + "'}");
            subscribe(reader, "flood");
            await().until(() -> node.getJson("/ws-channels/flood").getInteger("subscriber_count") == 2);

            String filler = "x".repeat(1_500);
            for (int i = 0; i < MESSAGES; i++) {
                client.send("{'type':'chat_message','channel':'flood','message':'" + i + filler + "'}");
                if (i % 10 == 9) {
                    for (int j = i - 9; j <= i; j++) {
                        assertThat(reader.next("chat_message").getString("message"))
                                .startsWith(j + "x");
                    }
                    client.send("{'type':'ping'}").next("pong");
                }
            }
            await().until(() -> node.getJson("/ws-channels/flood").getInteger("subscriber_count") == 1);
            assertThat(node.metric("tickmesh_client_closed_total", "channels", "too_slow"))
                    .isPositive();
        }
    }
}
