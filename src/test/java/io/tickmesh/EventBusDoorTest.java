package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The envelope of the event-bus bridge, frame by frame. */
final class EventBusDoorTest {
    private static NodeUnderTest node;
    private SocketClient client;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet("feeds.fmp-forex.mode=off", "limits.topics_per_session=3");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void connect() {
        client = new SocketClient(
                URI.create(node.uri("/eventbus/websocket").toString().replaceFirst("http", "ws")));
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private static void emitTrade(String ticker, String price) {
        node.emit(
                "stock",
                "{'s':'%s','t':%d,'type':'T','lp':%s,'ls':1}"
                        .formatted(ticker, System.currentTimeMillis() * 1_000_000, price));
    }

    @Test
    void shouldDeliverTheSnapshotThenTheStateThenTheTicks() {
        client.send("{'type':'register','address':'ticks.trade/fmp:BUS','headers':{}}");
        JsonObject snapshot = client.next();
        assertThat(snapshot.fieldNames()).containsExactly("type", "address", "headers", "body");
        JsonObject body = snapshot.getJsonObject("body");
        assertThat(snapshot.copy().put("body", null))
                .isEqualTo(json("{'type':'rec','address':'ticks.trade/fmp:BUS',"
                        + "'headers':{'type':'snapshot','state':'waiting'},'body':null}"));
        assertThat(body.getString("type")).isEqualTo("snapshot");
        JsonObject state = client.next();
        assertThat(state.getJsonObject("headers")).isEqualTo(json("{'type':'state','state':'live'}"));
        emitTrade("bus", "10.25");
        JsonObject tick = client.next();
        assertThat(tick.getJsonObject("headers")).isEqualTo(json("{'type':'tick','state':'live'}"));
        assertThat(tick.getJsonObject("body").getString("topic")).isEqualTo("trade/fmp:BUS");
        assertThat(tick.getJsonObject("body").getLong("epoch")).isEqualTo(body.getLong("epoch"));
        assertThat(tick.getJsonObject("body").getLong("seq")).isEqualTo(1);
        assertThat(tick.getJsonObject("body").getDouble("price")).isEqualTo(10.25);
    }

    @Test
    void shouldUseTheAddressAsTheClientSpellsIt() {
        client.send("{'type':'register','address':'ticks.trade/fmp:lower'}");
        JsonObject snapshot = client.next();
        assertThat(snapshot.getString("address")).isEqualTo("ticks.trade/fmp:lower");
        assertThat(snapshot.getJsonObject("body").getString("topic")).isEqualTo("trade/fmp:LOWER");
        client.send("{'type':'unregister','address':'ticks.trade/fmp:lower'}");
        client.send("{'type':'send','address':'tickmesh.list','replyAddress':'r','body':null}");
        assertThat(client.next(frame -> "r".equals(frame.getString("address"))))
                .isEqualTo(json("{'type':'rec','address':'r','body':{'addresses':[]}}"));
    }

    @Test
    void shouldReplyToCommands() {
        client.send("{'type':'register','address':'ticks.trade/fmp:AAPL'}");
        client.next();
        client.send("{'type':'send','address':'tickmesh.list','replyAddress':'r1','body':{},'headers':{'a':'b'}}");
        assertThat(client.next(frame -> "r1".equals(frame.getString("address"))))
                .isEqualTo(json("{'type':'rec','address':'r1','body':{'addresses':['ticks.trade/fmp:AAPL']}}"));
        client.send("{'type':'send','address':'tickmesh.time','replyAddress':'r2'}");
        JsonObject time = client.next(frame -> "r2".equals(frame.getString("address")));
        assertThat(time.getJsonObject("body").getLong("time")).isCloseTo(System.currentTimeMillis(), within());
    }

    private static Offset<Long> within() {
        return Offset.offset(10_000L);
    }

    @Test
    void shouldReplyWithTheNewestValueOfATopicThatIsNotHeld() {
        try (SocketClient holder = node.stream()) {
            holder.send("{'type':'subscribe','topics':['trade/fmp:ASKED']}");
            JsonObject snapshot = holder.next("snapshot");
            if (!"live".equals(snapshot.getString("state"))) {
                holder.next("state");
            }
            emitTrade("asked", "99.5");
            holder.next("tick");
            client.send("{'type':'send','address':'tickmesh.snapshot','replyAddress':'r','body':"
                    + "{'topic':'trade/fmp:ASKED'}}");
            JsonObject reply = client.next();
            assertThat(reply.getString("type")).isEqualTo("rec");
            assertThat(reply.getString("address")).isEqualTo("r");
            assertThat(reply.getJsonObject("body").getString("type")).isEqualTo("snapshot");
            assertThat(reply.getJsonObject("body").getDouble("price")).isEqualTo(99.5);
            client.send("{'type':'send','address':'tickmesh.list','replyAddress':'l'}");
            assertThat(client.next()).isEqualTo(json("{'type':'rec','address':'l','body':{'addresses':[]}}"));
        }
    }

    @Test
    void shouldTellTheHandlerWhyTheOwnerRefused() {
        client.send("{'type':'register','address':'ticks.quote/fmp:EURUSD'}");
        assertThat(client.next())
                .isEqualTo(json("{'type':'err','address':'ticks.quote/fmp:EURUSD','failureCode':503,"
                        + "'failureType':'RECIPIENT_FAILURE','message':'feed fmp-forex is switched off'}"));
        client.send("{'type':'send','address':'tickmesh.snapshot','replyAddress':'r','body':"
                + "{'topic':'quote/fmp:EURUSD'}}");
        assertThat(client.next())
                .isEqualTo(json("{'type':'err','address':'r','failureCode':503,"
                        + "'failureType':'RECIPIENT_FAILURE','message':'feed fmp-forex is switched off'}"));
        client.send("{'type':'send','address':'tickmesh.snapshot','replyAddress':'r','body':{'topic':'AAPL'}}");
        assertThat(client.next())
                .isEqualTo(json("{'type':'err','address':'r','failureCode':400,'failureType':'RECIPIENT_FAILURE',"
                                + "'message':'m'}")
                        .put("message", "not a topic, expected kind/provider:symbol: 'AAPL'"));
        client.send("{'type':'send','address':'tickmesh.snapshot','replyAddress':'r','body':7}");
        assertThat(client.next().getString("message")).isEqualTo("the body must be an object with a topic");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "no json; invalid_json",
                "[]; invalid_json",
                "[[[[[[[[; invalid_json",
                "{}; missing_type",
                "{'type':'register'}; missing_address",
                "{'type':'register','address':7}; missing_address",
                "{'type':'register','address':'trade/fmp:AAPL'}; access_denied",
                "{'type':'register','address':'ticks.AAPL'}; access_denied",
                "{'type':'register','address':'ticks.notice/kis-1'}; access_denied",
                "{'type':'register','address':'cluster.ticks.n1'}; access_denied",
                "{'type':'unregister','address':'elsewhere'}; access_denied",
                "{'type':'unregister'}; missing_address",
                "{'type':'send','address':'node.subscription','body':{}}; access_denied",
                "{'type':'send','body':{}}; missing_address",
                "{'type':'send','address':'tickmesh.time','replyAddress':7}; invalid_reply_address",
                "{'type':'send','address':'tickmesh.time','replyAddress':'1234567890123456789012345678901234567'}; "
                        + "invalid_reply_address",
                "{'type':'publish','address':'ticks.trade/fmp:AAPL','body':{}}; access_denied",
                "{'type':'dance','address':'tickmesh.time'}; invalid_type",
                "{'type':5,'address':'tickmesh.time'}; invalid_type"
            })
    void shouldRefuseInTheWordsOfTheBridge(String sent, String error) {
        double before = node.metric("tickmesh_client_bad_requests_total", "eventbus");
        client.send(sent);
        assertThat(client.next()).isEqualTo(json("{'type':'err','body':'" + error + "'}"));
        assertThat(node.metric("tickmesh_client_bad_requests_total", "eventbus"))
                .isEqualTo(before + 1);
        client.send("{'type':'send','address':'tickmesh.list','replyAddress':'r'}");
        assertThat(client.next().getString("address")).isEqualTo("r");
    }

    @Test
    void shouldLimitAddresses() {
        client.send("{'type':'register','address':'" + "a".repeat(201) + "'}");
        assertThat(client.next().getString("body")).isEqualTo("max_address_length_reached");
        for (String symbol : new String[] {"A", "B", "C"}) {
            client.send("{'type':'register','address':'ticks.trade/fmp:" + symbol + "'}");
        }
        client.send("{'type':'register','address':'ticks.trade/fmp:D'}");
        assertThat(client.next("err").getString("body")).isEqualTo("max_handlers_reached");
        client.send("{'type':'unregister','address':'ticks.trade/fmp:C'}");
        client.send("{'type':'register','address':'ticks.trade/fmp:A'}");
        assertThat(client.next("err").getString("body")).isEqualTo("address_already_registered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xhr", "websocket"})
    void shouldServeTheSameOverSockJs(String transport) {
        try (SockJsClient over = SockJsClient.of(transport, node.uri("/eventbus"))) {
            assertThat(over.frame()).isEqualTo("o");
            over.send("{'type':'ping'}");
            over.send("{'type':'register','address':'ticks.trade/fmp:OVER'}");
            assertThat(over.next().getJsonObject("headers").getString("type")).isEqualTo("snapshot");
            over.send("{'type':'publish','address':'x'}");
            assertThat(over.next("err")).isEqualTo(json("{'type':'err','body':'access_denied'}"));
        }
    }
}
