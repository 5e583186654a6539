package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpbitRestTest {
    private final UpbitBench bench = new UpbitBench();

    private List<JsonObject> get(String path, String... params) {
        Map<String, String> query = new HashMap<>();
        for (int i = 0; i < params.length; i += 2) {
            query.put(params[i], params[i + 1]);
        }
        bench.now += 1_000;
        Reply reply = bench.rest(path, query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        List<JsonObject> list = new ArrayList<>();
        new JsonArray(reply.body()).forEach(each -> list.add((JsonObject) each));
        return list;
    }

    private int status(String path, Map<String, String> params) {
        bench.now += 1_000;
        return bench.rest(path, params).status();
    }

    @Test
    void shouldListAllMarkets() {
        List<JsonObject> markets = get("/v1/market/all");

        assertThat(markets)
                .extracting(each -> each.getString("market"))
                .contains("KRW-BTC", "KRW-ETH", "BTC-ETH", "USDT-BTC");
        assertThat(markets.get(0).encode())
                .isEqualTo("{\"market\":\"KRW-BTC\",\"korean_name\":\"비트코인\",\"english_name\":\"BTC\"}");
        assertThat(get("/v1/market/all", "is_details", "true")
                        .get(0)
                        .getJsonObject("market_event")
                        .fieldNames())
                .containsExactly("warning", "caution");
        bench.change("extra_symbols", 2_000);
        assertThat(get("/v1/market/all")).hasSize(markets.size() + 2_000);
        assertThat(get("/v1/ticker", "markets", "KRW-S0001,KRW-S2000")).hasSize(2);
    }

    @Test
    void shouldAgreeWithTheSocket() {
        UpbitBench.Client client = bench.connect();
        client.say(UpbitBench.subscribe("ticker", "KRW-BTC"));
        JsonObject frame = client.heardObjects().get(0);
        Reply reply = bench.rest("/v1/ticker", Map.of("markets", "KRW-BTC"));
        JsonObject ticker = new JsonArray(reply.body()).getJsonObject(0);

        assertThat(ticker.fieldNames())
                .contains("market", "trade_date_kst", "trade_time_kst", "acc_trade_volume_24h")
                .doesNotContain("type", "code", "ask_bid", "acc_ask_volume", "market_state", "stream_type");
        for (String name :
                List.of("trade_price", "opening_price", "acc_trade_volume", "trade_timestamp", "change_rate")) {
            assertThat(ticker.getDouble(name)).as(name).isEqualTo(frame.getDouble(name));
        }
        assertThat(ticker.getString("trade_time_kst")).isEqualTo("165959");
    }

    @Test
    void shouldWriteSomePricesAsTextsWhereToldTo() {
        bench.change("rest_string_prices", true);

        assertThat(get("/v1/ticker", "markets", "KRW-BTC").get(0).getValue("trade_price"))
                .isInstanceOf(String.class);
    }

    @Test
    void shouldShowBooksByCountAndLevel() {
        assertThat(get("/v1/orderbook", "markets", "KRW-BTC,BTC-ETH"))
                .hasSize(2)
                .allSatisfy(
                        each -> assertThat(each.getJsonArray("orderbook_units")).hasSize(30));
        assertThat(get("/v1/orderbook", "markets", "KRW-BTC", "count", "7")
                        .get(0)
                        .getJsonArray("orderbook_units"))
                .hasSize(7);
        assertThat(get("/v1/orderbook", "markets", "KRW-BTC", "level", "10000")
                        .get(0)
                        .getDouble("level"))
                .isEqualTo(10_000);
        assertThat(get("/v1/orderbook", "markets", "KRW-BTC", "level", "7")).isEmpty();
        assertThat(status("/v1/orderbook", Map.of("markets", "KRW-BTC", "count", "31")))
                .isEqualTo(400);
    }

    @Test
    void shouldTellTicksAndLevels() {
        assertThat(get("/v1/orderbook/instruments", "markets", "KRW-BTC,USDT-BTC").stream()
                        .map(JsonObject::encode))
                .containsExactly(
                        "{\"market\":\"KRW-BTC\",\"quote_currency\":\"KRW\",\"tick_size\":\"1000\","
                                + "\"supported_levels\":[\"0\",\"10000\",\"100000\",\"1000000\",\"10000000\"]}",
                        "{\"market\":\"USDT-BTC\",\"quote_currency\":\"USDT\",\"tick_size\":\"1\","
                                + "\"supported_levels\":[\"0\"]}");
    }

    @Test
    void shouldShowTheTradesThatTheSocketToldNewestFirst() {
        UpbitBench.Client client = bench.connect();
        client.say("[{\"ticket\":\"t\"},{\"type\":\"trade\",\"codes\":[\"KRW-BTC\"],\"is_only_realtime\":true}]");
        bench.pass(5_000);
        bench.fault("burst", "{\"events\":20}");
        bench.pass(5_000);
        List<String> told = new ArrayList<>(
                client.heardObjects().stream().map(UpbitRestTest::told).toList());
        Collections.reverse(told);
        Reply reply = bench.rest("/v1/trades/ticks", Map.of("market", "KRW-BTC", "count", "60"));
        List<String> shown = new ArrayList<>();
        new JsonArray(reply.body()).forEach(each -> shown.add(told((JsonObject) each)));

        assertThat(told).hasSize(60);
        assertThat(shown).isEqualTo(told);
    }

    private static String told(JsonObject trade) {
        @Nullable Long time = trade.getLong("trade_timestamp");
        return trade.getLong("sequential_id") + " " + (time == null ? trade.getLong("timestamp") : time) + ' '
                + trade.getDouble("trade_price") + ' ' + trade.getDouble("trade_volume") + trade.getString("ask_bid");
    }

    @Test
    void shouldPageByCursorAndTime() {
        List<JsonObject> all = get("/v1/trades/ticks", "market", "KRW-BTC", "to", "07:00:00", "count", "500");
        assertThat(all).hasSize(500);
        assertThat(all.get(0).getString("trade_time_utc")).matches("06:59:59|07:00:00");
        long cursor = all.get(99).getLong("sequential_id");

        List<Long> rest =
                get("/v1/trades/ticks", "market", "KRW-BTC", "to", "070000", "count", "50", "cursor", "" + cursor)
                        .stream()
                        .map(each -> each.getLong("sequential_id"))
                        .toList();

        List<Long> expected = all.stream()
                .map(each -> each.getLong("sequential_id"))
                .filter(each -> each < cursor)
                .limit(50)
                .toList();
        assertThat(rest).isEqualTo(expected);
        assertThat(rest.stream().max(Comparator.naturalOrder()))
                .hasValueSatisfying(each -> assertThat(each).isLessThan(cursor));
        assertThat(get("/v1/trades/ticks", "market", "KRW-BTC", "days_ago", "1")
                        .get(0)
                        .getString("trade_date_utc"))
                .isEqualTo("2027-11-26");
    }

    @Test
    void shouldRefuseWhatIsMissingWrongOrUnknown() {
        assertThat(status("/v1/ticker", Map.of())).isEqualTo(400);
        assertThat(status("/v1/trades/ticks", Map.of("market", "KRW-BTC", "count", "501")))
                .isEqualTo(400);
        assertThat(status("/v1/trades/ticks", Map.of("market", "KRW-BTC", "days_ago", "8")))
                .isEqualTo(400);
        assertThat(status("/v1/trades/ticks", Map.of("market", "KRW-BTC", "to", "250000")))
                .isEqualTo(400);
        assertThat(status("/v1/trades/ticks", Map.of("market", "KRW-BTC", "cursor", "x")))
                .isEqualTo(400);
        assertThat(status("/v1/nothing", Map.of())).isEqualTo(404);
        bench.now += 1_000;
        Reply unknown = bench.rest("/v1/ticker", Map.of("markets", "KRW-BTC,krw-eth"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("{\"error\":{\"name\":404,\"message\":\"Code not found\"}}");
    }

    @Test
    void shouldLetEachGroupTenTimesInASecondAndSayHowManyAreLeft() {
        for (int left = 9; left >= 0; left--) {
            assertThat(bench.rest("/v1/ticker", Map.of("markets", "KRW-BTC")).headers())
                    .containsEntry("Remaining-Req", "group=ticker; min=600; sec=" + left);
        }
        Reply refused = bench.rest("/v1/ticker", Map.of("markets", "KRW-BTC"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Remaining-Req", "group=ticker; min=600; sec=0");
        assertThat(bench.rest("/v1/market/all", Map.of()).status()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            refused = bench.rest("/v1/ticker", Map.of("markets", "KRW-BTC"));
        }
        assertThat(refused.status()).isEqualTo(418);
        assertThat(refused.body()).contains("Blocked for 10 seconds");
    }
}
