package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields and values of the data frames. */
class UpbitFramesTest {
    private static final List<String> TICKER = List.of(
            "type",
            "code",
            "opening_price",
            "high_price",
            "low_price",
            "trade_price",
            "prev_closing_price",
            "change",
            "change_price",
            "signed_change_price",
            "change_rate",
            "signed_change_rate",
            "trade_volume",
            "acc_trade_volume",
            "acc_trade_volume_24h",
            "acc_trade_price",
            "acc_trade_price_24h",
            "trade_date",
            "trade_time",
            "trade_timestamp",
            "ask_bid",
            "acc_ask_volume",
            "acc_bid_volume",
            "highest_52_week_price",
            "highest_52_week_date",
            "lowest_52_week_price",
            "lowest_52_week_date",
            "market_state",
            "delisting_date",
            "market_warning",
            "timestamp",
            "stream_type",
            "trade_status",
            "market_state_for_ios",
            "is_trading_suspended");
    private static final List<String> SHORT_TICKER = List.of(
            "ty", "cd", "op", "hp", "lp", "tp", "pcp", "c", "cp", "scp", "cr", "scr", "tv", "atv", "atv24h", "atp",
            "atp24h", "tdt", "ttm", "ttms", "ab", "aav", "abv", "h52wp", "h52wdt", "l52wp", "l52wdt", "ms", "dd", "mw",
            "tms", "st", "ts", "msfi", "its");
    private static final List<String> TRADE = List.of(
            "type",
            "code",
            "trade_price",
            "trade_volume",
            "ask_bid",
            "prev_closing_price",
            "change",
            "change_price",
            "trade_date",
            "trade_time",
            "trade_timestamp",
            "timestamp",
            "sequential_id",
            "best_ask_price",
            "best_ask_size",
            "best_bid_price",
            "best_bid_size",
            "stream_type");
    private static final List<String> SHORT_TRADE = List.of(
            "ty", "cd", "tp", "tv", "ab", "pcp", "c", "cp", "td", "ttm", "ttms", "tms", "sid", "bap", "bas", "bbp",
            "bbs", "st");
    private static final List<String> BOOK = List.of(
            "type", "code", "total_ask_size", "total_bid_size", "orderbook_units", "timestamp", "level", "stream_type");
    private static final List<String> SHORT_BOOK = List.of("ty", "cd", "tas", "tbs", "obu", "tms", "lv", "st");
    private static final List<String> CANDLE = List.of(
            "type",
            "code",
            "candle_date_time_utc",
            "candle_date_time_kst",
            "opening_price",
            "high_price",
            "low_price",
            "trade_price",
            "candle_acc_trade_volume",
            "candle_acc_trade_price",
            "timestamp",
            "stream_type");
    private static final List<String> SHORT_CANDLE =
            List.of("ty", "cd", "cdttmu", "cdttmk", "op", "hp", "lp", "tp", "catv", "catp", "tms", "st");

    private final UpbitBench bench = new UpbitBench();
    private final UpbitBench.Client client = bench.connect();

    private JsonObject snapshot(String type, String format, String code) {
        client.say(UpbitBench.request(type, format, code));
        JsonObject frame = new JsonObject(client.heard().get(0));
        bench.pass(1_000);
        client.heard();
        return frame;
    }

    private static BigDecimal decimal(JsonObject from, String name) {
        return new BigDecimal(from.getValue(name).toString());
    }

    @Test
    void shouldHaveTheFieldsOfTheDocuments() {
        assertThat(snapshot("ticker", "DEFAULT", "KRW-BTC").fieldNames()).containsExactlyInAnyOrderElementsOf(TICKER);
        assertThat(snapshot("ticker", "SIMPLE", "KRW-BTC").fieldNames())
                .containsExactlyInAnyOrderElementsOf(SHORT_TICKER);
        assertThat(snapshot("trade", "DEFAULT", "KRW-BTC").fieldNames()).containsExactlyInAnyOrderElementsOf(TRADE);
        assertThat(snapshot("trade", "SIMPLE", "KRW-BTC").fieldNames())
                .containsExactlyInAnyOrderElementsOf(SHORT_TRADE);
        assertThat(snapshot("orderbook", "DEFAULT", "KRW-BTC").fieldNames()).containsExactlyInAnyOrderElementsOf(BOOK);
        JsonObject book = snapshot("orderbook", "SIMPLE", "KRW-BTC");
        assertThat(book.fieldNames()).containsExactlyInAnyOrderElementsOf(SHORT_BOOK);
        assertThat(book.getJsonArray("obu").getJsonObject(0).fieldNames())
                .containsExactlyInAnyOrder("ap", "bp", "as", "bs");
        assertThat(snapshot("candle.1m", "DEFAULT", "KRW-BTC").fieldNames())
                .containsExactlyInAnyOrderElementsOf(CANDLE);
        assertThat(snapshot("candle.1m", "SIMPLE", "KRW-BTC").fieldNames())
                .containsExactlyInAnyOrderElementsOf(SHORT_CANDLE);
    }

    @Test
    void shouldWriteDatesOfTickersAndTradesDifferently() {
        JsonObject ticker = snapshot("ticker", "DEFAULT", "KRW-BTC");
        JsonObject trade = snapshot("trade", "DEFAULT", "KRW-BTC");
        JsonObject candle = snapshot("candle.5m", "DEFAULT", "KRW-BTC");

        assertThat(ticker.getString("trade_date") + ticker.getString("trade_time"))
                .isEqualTo("20271127075959");
        assertThat(trade.getString("trade_date")).isEqualTo("2027-11-27");
        assertThat(trade.getString("trade_time")).matches("08:00:00");
        assertThat(candle.getString("candle_date_time_utc")).isEqualTo("2027-11-27T08:00:00");
        assertThat(candle.getString("candle_date_time_kst")).isEqualTo("2027-11-27T17:00:00");
    }

    @Test
    void shouldShowAClockThatIsWrong() {
        bench.change("clock_offset_ms", 32_400_000);
        JsonObject trade = snapshot("trade", "DEFAULT", "KRW-BTC");

        assertThat(trade.getString("trade_time")).startsWith("16:59:59");
        assertThat(trade.getLong("timestamp")).isBetween(UpbitBench.START + 32_399_000, UpbitBench.START + 32_400_000);
    }

    @Test
    void shouldNeverContradictItself() {
        client.say("[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\"]},"
                + "{\"type\":\"candle.3m\",\"codes\":[\"KRW-BTC\"]}]");
        bench.pass(400_000);
        JsonObject before = new JsonObject();
        for (JsonObject each : client.heardObjects()) {
            assertThat(decimal(each, "low_price")).isLessThanOrEqualTo(decimal(each, "trade_price"));
            assertThat(decimal(each, "high_price")).isGreaterThanOrEqualTo(decimal(each, "trade_price"));
            if (each.getString("type").equals("ticker")) {
                assertThat(decimal(each, "trade_price").subtract(decimal(each, "prev_closing_price")))
                        .isEqualByComparingTo(decimal(each, "signed_change_price"));
                assertThat(each.getString("change"))
                        .isEqualTo(UpbitWriter.direction(
                                decimal(each, "signed_change_price").signum()));
                if (!before.isEmpty()) {
                    assertThat(decimal(each, "acc_trade_price")).isGreaterThan(decimal(before, "acc_trade_price"));
                    assertThat(decimal(each, "high_price")).isGreaterThanOrEqualTo(decimal(before, "high_price"));
                    assertThat(each.getLong("timestamp")).isGreaterThan(before.getLong("timestamp"));
                }
                before = each;
            }
        }
    }

    @Test
    void shouldLetACandleGrowAndBeginAnew() {
        client.say(UpbitBench.subscribe("candle.1m", "KRW-BTC"));
        bench.pass(150_000);
        List<JsonObject> candles = client.heardObjects();

        assertThat(candles)
                .extracting(each -> each.getString("candle_date_time_utc"))
                .contains("2027-11-27T07:59:00", "2027-11-27T08:00:00", "2027-11-27T08:01:00", "2027-11-27T08:02:00");
        for (int i = 1; i < candles.size(); i++) {
            boolean same = candles.get(i - 1)
                    .getString("candle_date_time_utc")
                    .equals(candles.get(i).getString("candle_date_time_utc"));
            BigDecimal volume = decimal(candles.get(i), "candle_acc_trade_volume");
            assertThat(volume.compareTo(decimal(candles.get(i - 1), "candle_acc_trade_volume")) > 0)
                    .isEqualTo(same);
            assertThat(volume).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KRW-BTC,30",
        "KRW-BTC.1,1",
        "KRW-BTC.5,5",
        "KRW-BTC.15,15",
        "KRW-BTC.30,30",
        "KRW-BTC.3,30",
        "KRW-BTC.0,30",
        "KRW-BTC.9999,30"
    })
    void shouldShowTheDepthAskedForOrAll(String code, int depth) {
        JsonObject book = snapshot("orderbook", "DEFAULT", code);

        assertThat(book.getJsonArray("orderbook_units")).hasSize(depth);
        assertThat(book.getString("code")).isEqualTo("KRW-BTC");
    }

    @Test
    void shouldTotalTheWholeBookUnlessToldOtherwise() {
        JsonObject whole = snapshot("orderbook", "DEFAULT", "KRW-BTC.1");
        assertThat(decimal(whole, "total_ask_size"))
                .isGreaterThan(decimal(whole.getJsonArray("orderbook_units").getJsonObject(0), "ask_size"));
        bench.change("totals", "delivered");
        bench.change("code_with_depth", true);

        JsonObject part = snapshot("orderbook", "DEFAULT", "KRW-BTC.1");

        assertThat(decimal(part, "total_ask_size"))
                .isEqualByComparingTo(
                        decimal(part.getJsonArray("orderbook_units").getJsonObject(0), "ask_size"));
        assertThat(part.getString("code")).isEqualTo("KRW-BTC.1");
    }

    @Test
    void shouldGroupABookByALevel() {
        client.say("[{\"ticket\":\"t\"},{\"type\":\"orderbook\",\"codes\":[\"KRW-BTC\"],\"level\":100000}]");
        JsonObject book = new JsonObject(client.heard().get(0));

        assertThat(decimal(book, "level")).isEqualByComparingTo("100000");
        for (Object each : book.getJsonArray("orderbook_units")) {
            assertThat(decimal((JsonObject) each, "ask_price").remainder(new BigDecimal("100000")))
                    .isZero();
        }
    }

    @Test
    void shouldShowTheTopOfTheBookInATrade() {
        client.say("[{\"ticket\":\"t\"},{\"type\":\"trade\",\"codes\":[\"KRW-BTC\"]},"
                + "{\"type\":\"orderbook\",\"codes\":[\"KRW-BTC\"]}]");
        List<JsonObject> both = client.heardObjects();
        JsonObject top = both.get(1).getJsonArray("orderbook_units").getJsonObject(0);

        assertThat(decimal(both.get(0), "best_ask_price")).isEqualByComparingTo(decimal(top, "ask_price"));
        assertThat(decimal(both.get(0), "best_bid_size")).isEqualByComparingTo(decimal(top, "bid_size"));
    }

    @Test
    void shouldWriteNumbersInEveryFormThatJsonKnows() {
        client.say("[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\",\"BTC-SOL\"]}]");
        bench.pass(20_000);
        String all = String.join("", client.heard());

        assertThat(all).containsPattern("\":\\d+[,}]").containsPattern("\":\\d+\\.0[,}]");
        assertThat(all).containsPattern(":\\d(\\.\\d+)?E\\d+[,}]").containsPattern(":\\d(\\.\\d+)?e-\\d\\d[,}]");
    }

    @Test
    void shouldWriteNumbersPlainlyWhereToldTo() {
        bench.change("numbers", "plain");
        client.say("[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\",\"BTC-SOL\"]}]");
        bench.pass(20_000);

        assertThat(client.heard())
                .noneMatch(Pattern.compile(":-?\\d[\\d.]*[eE]").asPredicate());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "-1", "98765000", "0.000084", "1E-8", "123456.789", "5.200011122225E+10", "-0.00000125"})
    void shouldKeepTheValueInEveryForm(String value) {
        for (long chance = 0; chance < 7; chance++) {
            StringBuilder out = new StringBuilder();
            UpbitNumbers.MIXED.append(out, new BigDecimal(value), chance);
            assertThat(new BigDecimal(out.toString())).isEqualByComparingTo(value);
            assertThat(new JsonArray("[" + out + "]").getDouble(0)).isEqualTo(Double.parseDouble(value));
        }
    }

    @Test
    void shouldAddAndLeaveOutFieldsWhereToldTo() {
        bench.change("extra_fields", true);
        bench.change("missing_fields", true);

        assertThat(snapshot("ticker", "DEFAULT", "KRW-BTC").fieldNames())
                .contains("added_without_notice")
                .doesNotContain("delisting_date", "is_trading_suspended");
        assertThat(snapshot("trade", "DEFAULT", "KRW-BTC").fieldNames()).doesNotContain("best_ask_price");
        assertThat(snapshot("orderbook", "DEFAULT", "KRW-BTC").fieldNames()).doesNotContain("level");
    }
}
