package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Order books that are grouped by a level, beside the same ones as they are. */
class UpbitLevelsTest {
    private final UpbitBench bench = new UpbitBench();
    private final UpbitBench.Client client = bench.connect();

    private static String asking(String code, Object... levels) {
        JsonArray request = new JsonArray().add(new JsonObject().put("ticket", "t-1"));
        for (Object level : levels) {
            request.add(new JsonObject()
                    .put("type", "orderbook")
                    .put("codes", new JsonArray(List.of(code)))
                    .put("level", level));
        }
        return request.encode();
    }

    private static BigDecimal number(JsonObject in, String name) {
        return new BigDecimal(in.getValue(name).toString());
    }

    private static List<JsonObject> units(JsonObject book) {
        return book.getJsonArray("orderbook_units").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static BigDecimal sum(List<JsonObject> units, String side, BigDecimal from, BigDecimal to) {
        return units.stream()
                .filter(each -> number(each, side + "_price").compareTo(from) >= 0
                        && number(each, side + "_price").compareTo(to) <= 0)
                .map(each -> number(each, side + "_size"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Each line that ends before the plain book does holds exactly what that shows. */
    private static int linesThatAddUp(JsonObject plain, JsonObject grouped, BigDecimal level) {
        List<JsonObject> all = units(plain);
        BigDecimal lastAsk = number(all.get(all.size() - 1), "ask_price");
        BigDecimal lastBid = number(all.get(all.size() - 1), "bid_price");
        BigDecimal one = new BigDecimal("0.00000001");
        int lines = 0;
        for (JsonObject line : units(grouped)) {
            BigDecimal ask = number(line, "ask_price");
            BigDecimal bid = number(line, "bid_price");
            assertThat(ask.remainder(level)).isZero();
            assertThat(bid.remainder(level)).isZero();
            if (ask.compareTo(lastAsk) <= 0) {
                assertThat(number(line, "ask_size"))
                        .isEqualByComparingTo(
                                sum(all, "ask", ask.subtract(level).add(one), ask));
                lines++;
            }
            if (bid.compareTo(lastBid) >= 0) {
                assertThat(number(line, "bid_size"))
                        .isEqualByComparingTo(
                                sum(all, "bid", bid, bid.add(level).subtract(one)));
                lines++;
            }
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource({"KRW-BTC,10000", "KRW-DOGE,0.1"})
    void shouldAddUpWhatALevelGathers(String code, BigDecimal level) {
        client.say(asking(code, 0, level));
        bench.pass(5_000);
        List<JsonObject> books = client.heardObjects();

        assertThat(books).hasSizeGreaterThan(20);
        int lines = 0;
        for (int i = 0; i < books.size(); i += 2) {
            assertThat(number(books.get(i), "level")).isZero();
            assertThat(number(books.get(i + 1), "level")).isEqualByComparingTo(level);
            assertThat(books.get(i + 1).getLong("timestamp"))
                    .isEqualTo(books.get(i).getLong("timestamp"));
            assertThat(units(books.get(i + 1)))
                    .hasSize(30)
                    .allMatch(each -> number(each, "ask_size").signum() > 0);
            lines += linesThatAddUp(books.get(i), books.get(i + 1), level);
        }
        assertThat(lines).isGreaterThan(books.size());
    }

    @Test
    void shouldNotGatherAsksBehindTheEndOfAThinBook() {
        bench.change("thin_every", 1);
        client.say(asking("KRW-BTC", 0, 10_000));
        List<JsonObject> books = client.heardObjects();

        BigDecimal all = sum(units(books.get(0)), "ask", BigDecimal.ONE, new BigDecimal("1E9"));
        assertThat(sum(units(books.get(1)), "ask", BigDecimal.ONE, new BigDecimal("1E9")))
                .isEqualByComparingTo(all);
        assertThat(number(units(books.get(1)).get(29), "ask_price")).isZero();
        assertThat(number(units(books.get(1)).get(29), "bid_price")).isPositive();
    }

    @Test
    void shouldSendEachLevelOfAMarketAsAStreamOfItsOwn() {
        client.say(asking("KRW-BTC.5", 100_000, 0, "10000", 7));
        bench.pass(10_000);

        List<JsonObject> books = client.heardObjects();
        for (int i = 0; i < books.size(); i++) {
            String level = List.of("100000", "0", "10000").get(i % 3);
            assertThat(number(books.get(i), "level")).isEqualByComparingTo(level);
            assertThat(books.get(i).getString("stream_type")).isEqualTo(i < 3 ? "SNAPSHOT" : "REALTIME");
            assertThat(units(books.get(i))).hasSize(5);
        }
        assertThat(books).hasSizeGreaterThan(60);
    }

    @Test
    void shouldListEachLevel() {
        client.say(asking("KRW-DOGE", 0, 0.1, "10"));
        client.heard();
        client.say("[{\"ticket\":\"t\"},{\"method\":\"LIST_SUBSCRIPTIONS\"}]");

        assertThat(new JsonObject(client.heard().get(0)).getJsonArray("result").encode())
                .isEqualTo("[{\"type\":\"orderbook\",\"codes\":[\"KRW-DOGE\"],\"level\":0},"
                        + "{\"type\":\"orderbook\",\"codes\":[\"KRW-DOGE\"],\"level\":0.1},"
                        + "{\"type\":\"orderbook\",\"codes\":[\"KRW-DOGE\"],\"level\":10}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "0.01", "1000", "1000000000"})
    void shouldStaySilentAboutALevelThatItDoesNotList(String level) {
        client.say(asking("KRW-BTC", level));
        bench.pass(1_000);

        assertThat(client.heard()).isEmpty();
        assertThat(bench.rest("/v1/orderbook", Map.of("markets", "KRW-BTC", "level", level))
                        .body())
                .isEqualTo("[]");
    }

    @Test
    void shouldShowOverRestWhatTheSocketTold() {
        bench.change("numbers", "plain");
        client.say(asking("KRW-DOGE.15", 0.1));
        JsonObject told = client.heardObjects().get(0);
        JsonObject shown = new JsonArray(
                        bench.rest("/v1/orderbook", Map.of("markets", "KRW-DOGE", "level", "0.1", "count", "15"))
                                .body())
                .getJsonObject(0);

        assertThat(shown.getJsonArray("orderbook_units")).isEqualTo(told.getJsonArray("orderbook_units"));
        assertThat(shown.getValue("level")).isEqualTo(told.getValue("level"));
    }
}
