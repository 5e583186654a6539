package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Answer;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Side;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Formats, fields and batches: what the same ticks look like to sessions that asked for different forms. */
final class FormsTest extends HubFixture {
    private static final long RECEIVED = 1_827_302_400_161_312L;

    private final List<Session> sessions = new ArrayList<>();

    private static Trade sold(long seq, String price, Trade.@Nullable Broken broken) {
        return new Trade(
                AAPL,
                7,
                seq,
                RECEIVED - 6_000,
                RECEIVED,
                Decimal.parse(price),
                Decimal.parse("100"),
                Side.SELL,
                "Q",
                broken);
    }

    private FakeTransport holding(String options, String extra) {
        FakeTransport client = connect(stream, sessions);
        Session session = sessions.get(sessions.size() - 1);
        say(session, "{'type':'options'" + options + "}");
        say(session, "{'type':'subscribe','topics':['trade/fmp:AAPL']" + extra + "}");
        if (sessions.size() == 1) {
            events(answer(7, 1, trade(7, 1)));
        }
        client.received.clear();
        client.texts.clear();
        return client;
    }

    @Test
    void shouldWriteACompactTradeInAQuarterOfContract1() {
        FakeTransport compact = holding(",'format':'compact'", "");
        FakeTransport json = holding("", "");
        FakeTransport prices = connect(this.prices, sessions);
        say(sessions.get(2), "{'action':'subscribe','symbols':['AAPL']}");
        Topic quotes = Topic.parse("quote/fmp:AAPL");
        Decimal bid = Decimal.parse("201.29");
        Decimal ask = Decimal.parse("201.31");
        Decimal size = Decimal.parse("300");
        events(
                new Answer(quotes, null, LIVE, 7, 0, null),
                new Quote(quotes, 7, 1, RECEIVED, RECEIVED, bid, size, ask, size, null),
                sold(2, "201.30", null));

        String tick = compact.texts.get(compact.texts.size() - 1);
        assertThat(tick).isEqualTo("[1,2," + RECEIVED + ",201.30,100,\"s\"]");
        String contract1 = prices.texts.get(prices.texts.size() - 1);
        String whole = json.texts.get(json.texts.size() - 1);
        int bytes = tick.getBytes(StandardCharsets.UTF_8).length;
        int contract1Bytes = contract1.getBytes(StandardCharsets.UTF_8).length;
        System.out.printf(
                "bytes per trade: compact %d, native JSON %d, contract 1 %d: compact is %.0f %% of contract 1%n",
                bytes, whole.getBytes(StandardCharsets.UTF_8).length, contract1Bytes, 100.0 * bytes / contract1Bytes);
        assertThat(contract1).contains("201.30");
        assertThat(4 * bytes).as("%s against %s", tick, contract1).isLessThanOrEqualTo(contract1Bytes);
    }

    @Test
    void shouldEncodeATickOncePerFormHoweverManySessionsTakeIt() {
        for (int i = 0; i < 3; i++) {
            holding(",'format':'compact'", "");
            holding("", "");
            holding("", ",'fields':['price']");
        }
        long before = sessions.get(0).meters().encoded;
        events(trade(7, 2));
        assertThat(sessions.get(0).meters().encoded - before).isEqualTo(3);
    }

    @Test
    void shouldSayInAnObjectWhatAnArrayCannot() {
        FakeTransport client = holding(",'format':'compact'", "");
        events(sold(2, "201.30", new Trade.Broken(Decimal.parse("199"), null)), trade(7, 5));
        assertThat(client.types()).containsExactly("tick", "gap", "compact");
        assertThat(client.received.get(0).getJsonObject("broken").getInteger("price"))
                .isEqualTo(199);
        assertThat(client.texts.get(2)).isEqualTo("[1,5,5000,105]");
    }

    @Test
    void shouldWriteTheFieldsAskedForAndNoOthers() {
        FakeTransport objects = holding("", ",'fields':['side','price']");
        FakeTransport arrays = holding(",'format':'compact'", ",'fields':['time','exchange','price','size']");
        events(sold(2, "201.30", null), trade(7, 3));
        assertThat(objects.texts.get(0))
                .isEqualTo("{\"type\":\"tick\",\"topic\":\"trade/fmp:AAPL\",\"epoch\":7,\"seq\":2,\"state\":\"live\","
                        + "\"side\":\"sell\",\"price\":201.30}");
        assertThat(arrays.texts.get(0)).isEqualTo("[1,2," + RECEIVED + "," + (RECEIVED - 6_000) + ",\"Q\",201.30,100]");
        assertThat(arrays.texts.get(1)).isEqualTo("[1,3,3000,3000,null,103]");
    }

    @Test
    void shouldLeaveOutWhatAKindHasNotWhereAnotherOfTheRequestHas() {
        FakeTransport client = connect(stream, sessions);
        say(
                sessions.get(0),
                "{'type':'subscribe','topics':['trade/fmp:AAPL','quote/fmp:AAPL'],'fields':['bid_price','price']}");
        Topic quotes = Topic.parse("quote/fmp:AAPL");
        events(answer(7, 1, trade(7, 1)), new Answer(quotes, null, LIVE, 7, 0, null));
        say(sessions.get(0), "{'type':'options','format':'compact'}");
        events(trade(7, 2), new Quote(quotes, 7, 1, 1, 2, Decimal.of(9), null, null, null, null));
        assertThat(client.types()).endsWith("snapshot", "snapshot", "options", "compact", "compact");
        assertThat(client.received.get(2).fieldNames())
                .doesNotContain("bid_price", "size", "time")
                .contains("price");
        assertThat(client.texts.get(5)).isEqualTo("[1,2,2000,null,102]");
        assertThat(client.texts.get(6)).isEqualTo("[2,1,2,9]");
    }

    @Test
    void shouldSayWhichFieldsThereAre() {
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(0), "{'type':'subscribe','id':1,'topics':['trade/fmp:AAPL'],'fields':['price','volume']}");
        assertThat(client.received.get(1).getString("code")).isEqualTo("bad_request");
        assertThat(client.received.get(1).getString("message"))
                .isEqualTo("unknown field 'volume', known: [broken, exchange, price, received, side, size, time]");
        assertThat(sessions.get(0).memberships()).isEmpty();
    }

    @Test
    void shouldUseAtMostSixteenSetsOfFieldsAtATimeAndOthersAgainWhenTheyAreFree() {
        List<String> names = List.of("time", "received", "price", "size", "side");
        for (int set = 1; set <= 16; set++) {
            holding("", ",'fields':" + set(names, set));
        }
        FakeTransport late = connect(stream, sessions);
        Session session = sessions.get(16);
        String wish = "{'type':'subscribe','topics':['trade/fmp:AAPL'],'fields':" + set(names, 17) + "}";
        say(session, wish);
        JsonObject result = late.received.get(1).getJsonArray("results").getJsonObject(0);
        assertThat(result.getString("code")).isEqualTo("too_many_field_sets");
        assertThat(result.getBoolean("retry")).isTrue();
        say(sessions.get(3), "{'type':'unsubscribe','topics':[1]}");
        say(session, wish);
        assertThat(late.types()).containsExactly("hello", "subscribed", "subscribed", "snapshot");
    }

    private static String set(List<String> names, int bits) {
        StringBuilder set = new StringBuilder("['");
        for (int i = 0; i < names.size(); i++) {
            if ((bits & 1 << i) != 0) {
                set.append(set.length() > 2 ? "','" : "").append(names.get(i));
            }
        }
        return set.append("']").toString();
    }

    @Test
    void shouldGoOnInAnotherFormWithoutLossAndWithoutASnapshot() {
        FakeTransport client = holding("", "");
        events(trade(7, 2));
        say(sessions.get(0), "{'type':'options','id':2,'format':'compact'}");
        events(trade(7, 3));
        say(sessions.get(0), "{'type':'configure','id':3,'topics':[1],'fields':['size','price']}");
        events(trade(7, 4));
        say(sessions.get(0), "{'type':'configure','id':4,'topics':['trade/fmp:AAPL'],'fields':null}");
        say(sessions.get(0), "{'type':'options','id':5,'format':'json'}");
        events(trade(7, 5));
        assertThat(client.types())
                .containsExactly(
                        "tick", "options", "compact", "configured", "compact", "configured", "options", "tick");
        assertThat(client.texts.get(1)).isEqualTo("{\"type\":\"options\",\"id\":2,\"format\":\"compact\",\"batch\":0}");
        assertThat(client.texts.get(3))
                .isEqualTo(
                        "{\"type\":\"configured\",\"id\":3,\"results\":[{\"topic\":\"trade/fmp:AAPL\",\"ok\":true}]}");
        assertThat(client.texts.get(4)).isEqualTo("[1,4,4000,null,104]");
    }

    @Test
    void shouldTellASlowClientOfAnotherFormBeforeATickComesInIt() {
        FakeTransport client = holding("", "");
        client.reading = false;
        events(trade(7, 2), trade(7, 3));
        say(sessions.get(0), "{'type':'options','format':'compact'}");
        events(trade(7, 4));
        client.reading = true;
        sessions.get(0).flushSoon();
        turns();
        assertThat(client.types()).containsExactly("options", "conflated", "compact");
        assertThat(client.received.get(1).getInteger("count")).isEqualTo(2);
        assertThat(client.received.get(2).getJsonArray("values")).isEqualTo(new JsonArray("[1,4,4000,104]"));
    }

    @Test
    void shouldSendTheEventsOfAWindowInOneFrameAndAnswersAtOnce() {
        FakeTransport client = holding(",'batch':50", "");
        events(trade(7, 2));
        events(trade(7, 3), trade(7, 4));
        assertThat(client.texts).isEmpty();
        pass(60);
        assertThat(client.texts).hasSize(1);
        assertThat(client.texts.get(0)).startsWith("[{\"type\":\"tick\"").endsWith("}]");
        assertThat(client.received).extracting(frame -> frame.getLong("seq")).containsExactly(2L, 3L, 4L);
        events(trade(7, 5));
        say(sessions.get(0), "{'type':'ping'}");
        assertThat(client.texts).hasSize(2);
        assertThat(client.types()).endsWith("tick", "pong");
        events(trade(7, 6));
        pass(60);
        assertThat(client.texts.get(2)).startsWith("{\"type\":\"tick\"");
        events(trade(7, 7));
        say(sessions.get(0), "{'type':'options','batch':0}");
        events(trade(7, 8));
        assertThat(client.types()).endsWith("tick", "options", "tick");
    }

    @Test
    void shouldNotGatherMoreThanABatchMayHold() {
        FakeTransport client = holding(",'batch':1000", "");
        for (long seq = 2; seq <= 1_001; seq++) {
            events(trade(7, seq));
        }
        assertThat(client.texts).isNotEmpty().allMatch(text -> text.length() <= Batch.FULL_BYTES + 200);
        pass(1_010);
        assertThat(client.received).hasSize(1_000);
        client.reading = false;
        for (long seq = 1_002; seq <= 3_000; seq++) {
            events(trade(7, seq));
        }
        pass(1_010);
        client.reading = true;
        sessions.get(0).flushSoon();
        pass(1_010);
        assertThat(client.types()).endsWith("conflated", "tick");
        assertThat(sessions.get(0).waiting()).isZero();
    }
}
