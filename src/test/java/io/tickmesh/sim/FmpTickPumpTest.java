package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FmpTickPumpTest {
    private static Bench bench(Object... settings) {
        JsonObject patch = new JsonObject();
        for (int i = 0; i < settings.length; i += 2) {
            patch.put((String) settings[i], settings[i + 1]);
        }
        return new Bench(FmpSimSettings.DEFAULTS.patched(patch));
    }

    private static String type(JsonObject tick) {
        return tick.getString("type");
    }

    private static BigInteger time(JsonObject tick) {
        return new BigInteger(tick.getValue("t").toString());
    }

    @Test
    void shouldSendExactlyTheRateOfEveryTicker() {
        Bench bench = bench("ticks_per_second", 40, "break_every", 0);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl", "msft", "tsla");
        bench.pass(5_000);

        Map<String, Integer> counts = new HashMap<>();
        client.wire.ticks().forEach(each -> counts.merge(each.getString("s"), 1, Integer::sum));
        assertThat(counts).isEqualTo(Map.of("aapl", 200, "msft", 200, "tsla", 200));
        assertThat(bench.record(client).framesSent()).isEqualTo(600);
    }

    @Test
    void shouldSpread5000FramesASecondEvenlyOverTheTurns() {
        Bench bench = bench("ticks_per_second", 10, "break_every", 0);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);
        client.change(
                "subscribe", IntStream.range(0, 500).mapToObj(i -> "s" + i).toArray(String[]::new));
        client.wire.texts.clear();
        int most = 0;
        int least = Integer.MAX_VALUE;
        int total = 0;
        for (int slot = 0; slot < 50; slot++) {
            client.wire.texts.clear();
            bench.pass(20);
            most = Math.max(most, client.wire.texts.size());
            least = Math.min(least, client.wire.texts.size());
            total += client.wire.texts.size();
        }

        assertThat(total).isEqualTo(5_000);
        assertThat(most).as("frames in the fullest 20 ms").isLessThan(200);
        assertThat(least).as("frames in the emptiest 20 ms").isGreaterThan(40);
    }

    @Test
    void shouldWriteOnceInATurn() {
        Bench bench = bench("ticks_per_second", 1_000);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl", "msft");
        client.wire.writes = 0;
        bench.pass(100);

        assertThat(client.wire.ticks()).hasSize(200);
        assertThat(client.wire.writes).isEqualTo(10);
    }

    @Test
    void shouldMakeUpForNoMoreThanAQuarterSecondAfterAStall() {
        Bench bench = bench("ticks_per_second", 1_000);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        bench.now += 3_000;
        bench.exchange.turn(bench.now);

        assertThat(client.wire.ticks()).hasSize(250);
        bench.now -= 60_000;
        bench.exchange.turn(bench.now);
        assertThat(client.wire.ticks()).hasSize(250);
    }

    @Test
    void shouldSendTheSameEventsForTheSameSeedAndSeconds() {
        List<List<String>> tapes = IntStream.range(0, 2)
                .mapToObj(i -> {
                    Bench bench = bench("ticks_per_second", 20, "seed", 77);
                    Bench.Client client = bench.loggedIn(FmpAsset.CRYPTO).change("subscribe", "btcusd");
                    client.wire.texts.clear();
                    bench.pass(3_000);
                    return List.copyOf(client.wire.texts);
                })
                .toList();
        Bench other = bench("ticks_per_second", 20, "seed", 78);
        Bench.Client client = other.loggedIn(FmpAsset.CRYPTO).change("subscribe", "btcusd");
        client.wire.texts.clear();
        other.pass(3_000);

        assertThat(tapes.get(0)).hasSize(60).isEqualTo(tapes.get(1));
        assertThat(client.wire.texts).isNotEqualTo(tapes.get(0));
    }

    @Test
    void shouldBalanceTradesAndQuotesAndOmitTheKeysOfTheOtherKind() {
        Bench bench = bench("ticks_per_second", 100, "break_every", 0);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        bench.pass(1_000);

        assertThat(client.wire.ticks())
                .filteredOn(each -> type(each).equals("T"))
                .hasSize(50);
        assertThat(client.wire.ticks())
                .extracting(JsonObject::fieldNames)
                .allSatisfy(names -> assertThat(List.copyOf(names))
                        .isIn(
                                List.of("s", "t", "type", "lp", "ls"),
                                List.of("s", "t", "type", "ap", "as", "bp", "bs")));
    }

    @Test
    void shouldCancelNowAndThenExactlyWhatWasTradedBefore() {
        Bench bench = bench("ticks_per_second", 100, "break_every", 5);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        bench.pass(5_000);
        JsonObject trade = new JsonObject();
        int breaks = 0;
        for (JsonObject tick : client.wire.ticks()) {
            if (type(tick).equals("T")) {
                trade = tick;
            } else if (type(tick).equals("B")) {
                breaks++;
                assertThat(List.of(tick.getValue("s"), tick.getValue("lp"), tick.getValue("ls")))
                        .isEqualTo(List.of(trade.getValue("s"), trade.getValue("lp"), trade.getValue("ls")));
                assertThat(List.copyOf(tick.fieldNames())).containsExactly("s", "t", "type", "lp", "ls");
            }
        }
        assertThat(breaks).isBetween(20, 80);
    }

    @Test
    void shouldNotCancelATradeThatASessionHasNotSeen() {
        Bench bench = bench("ticks_per_second", 100, "break_every", 1);
        for (int i = 0; i < 30; i++) {
            Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
            bench.pass(30);
            assertThat(client.wire.ticks()).isNotEmpty();
            assertThat(type(client.wire.ticks().get(0))).isEqualTo("T");
        }
    }

    @Test
    void shouldWriteNullsOrStaleTradesWhereSwitchedOn() {
        Bench bench = bench("ticks_per_second", 100, "explicit_nulls", true, "break_every", 0);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        bench.pass(200);
        assertThat(client.wire.texts)
                .anyMatch(each -> each.contains("\"lp\":null,\"ls\":null,\"ap\":"))
                .anyMatch(each -> each.endsWith(",\"ap\":null,\"as\":null,\"bp\":null,\"bs\":null}"));

        bench.exchange.change(new JsonObject().put("explicit_nulls", false).put("quotes_carry_last", true));
        client.wire.texts.clear();
        bench.pass(200);
        List<JsonObject> ticks = client.wire.ticks();
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(ticks.get(i).containsKey("lp")).isTrue();
            if (type(ticks.get(i)).equals("Q")) {
                assertThat(ticks.get(i).getValue("lp"))
                        .isEqualTo(ticks.get(i - 1).getValue("lp"));
                assertThat(ticks.get(i).getValue("ls"))
                        .isEqualTo(ticks.get(i - 1).getValue("ls"));
            }
        }
    }

    @Test
    void shouldWriteTimesInTheUnitOfTheFeed() {
        for (FmpAsset asset : FmpAsset.values()) {
            String digits = switch (asset) {
                case STOCK -> "\\d{11}";
                case FOREX -> "\\d{5}";
                case CRYPTO -> "\\d{5}0000000";
            };
            Bench bench = bench();
            Bench.Client client = bench.loggedIn(asset).change("subscribe", "aapl", "eurusd", "btcusd");
            client.wire.texts.clear();
            bench.pass(1_000);
            assertThat(client.wire.texts)
                    .hasSize(4)
                    .allMatch(each -> each.matches(".*\"t\":18273024" + digits + ",.*"));

            bench.fault("wrong-time-unit", "{\"unit\":\"s\"}");
            client.wire.texts.clear();
            bench.pass(1_000);
            assertThat(client.wire.texts).hasSize(4).allMatch(each -> each.matches(".*\"t\":18273024\\d{2},.*"));
        }
        Bench bench = bench("crypto_time", "ms");
        Bench.Client client = bench.loggedIn(FmpAsset.CRYPTO).change("subscribe", "btcusd");
        bench.pass(250);
        assertThat(client.wire.last()).matches(".*\"t\":18273024\\d{5},.*");
    }

    @Test
    void shouldQuoteCryptoFromTwoExchangesWithSlightlyDifferentPrices() {
        Bench bench = bench("ticks_per_second", 100);
        Bench.Client client = bench.loggedIn(FmpAsset.CRYPTO).change("subscribe", "btcusd", "shibusd");
        bench.pass(1_000);

        for (String symbol : List.of("btcusd", "shibusd")) {
            double ratio = mean(client, symbol, "coinbase") / mean(client, symbol, "binance");
            assertThat(ratio).isBetween(1.00001, 1.002);
        }
        assertThat(client.wire.texts).anyMatch(each -> each.matches(".*\"s\":\"shibusd\".*\"lp\":0\\.0000\\d+,.*"));
        assertThat(client.wire.texts).noneMatch(each -> each.contains("E-"));
    }

    private static double mean(Bench.Client client, String symbol, String exchange) {
        return client.wire.ticks().stream()
                .filter(each -> each.getString("s").equals(symbol)
                        && each.getString("e").equals(exchange)
                        && type(each).equals("T"))
                .mapToDouble(each -> each.getDouble("lp"))
                .average()
                .orElseThrow();
    }

    @Test
    void shouldOnlyQuoteForexAndNameNoExchange() {
        Bench bench = bench("ticks_per_second", 50);
        Bench.Client client = bench.loggedIn(FmpAsset.FOREX).change("subscribe", "eurusd", "xauusd");
        bench.pass(1_000);

        assertThat(client.wire.ticks()).hasSize(100).allSatisfy(each -> {
            assertThat(type(each)).isEqualTo("Q");
            assertThat(each.containsKey("e")).isFalse();
        });
    }

    @Test
    void shouldSendArraysOfObjectsWhereSwitchedOn() {
        Bench bench = bench("ticks_per_second", 1_000, "arrays", true);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        client.wire.texts.clear();
        bench.pass(10);

        assertThat(client.wire.texts).hasSize(1);
        assertThat(new JsonArray(client.wire.last())).hasSize(10);
    }

    @Test
    void shouldSendTheNextFramesTwice() {
        Bench bench = bench();
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        client.wire.texts.clear();
        bench.fault("duplicate", "{\"count\":2}");
        bench.pass(1_000);

        assertThat(client.wire.texts).hasSize(6);
        assertThat(client.wire.texts.get(1)).isEqualTo(client.wire.texts.get(0));
        assertThat(client.wire.texts.get(3)).isEqualTo(client.wire.texts.get(2));
        assertThat(client.wire.texts.get(5)).isNotEqualTo(client.wire.texts.get(4));
    }

    @Test
    void shouldSendTheNextFrameBehindLaterOnes() {
        Bench bench = bench();
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        bench.fault("late", "{\"count\":1,\"by_ms\":600}");
        bench.pass(1_000);

        List<BigInteger> times =
                client.wire.ticks().stream().map(FmpTickPumpTest::time).toList();
        assertThat(times).hasSize(4);
        assertThat(times.indexOf(times.stream().min(BigInteger::compareTo).orElseThrow()))
                .isEqualTo(2);
    }

    @Test
    void shouldSendABurstAtOnce() {
        Bench bench = bench("quiet", true);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl", "msft", "tsla");
        client.wire.texts.clear();
        client.wire.writes = 0;
        bench.fault("burst", "{\"frames\":1000}");

        assertThat(client.wire.ticks()).hasSize(1_000);
        assertThat(client.wire.writes).isEqualTo(1);
    }

    @Test
    void shouldBeSilentWhenMutedClosedOrQuietAndHeartbeatOnlyWhenNotQuiet() {
        Bench bench = bench("heartbeat_ms", 1_000);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        for (String fault : List.of("mute", "market-closed")) {
            bench.fault(fault, "{\"feed\":\"stock\"}");
            client.wire.texts.clear();
            bench.pass(3_000);
            assertThat(client.wire.texts).hasSize(3).containsOnly("{\"event\":\"heartbeat\"}");
            bench.fault(fault, "{\"on\":false}");
        }
        bench.exchange.change(new JsonObject().put("quiet", true));
        client.wire.texts.clear();
        bench.pass(3_000);
        assertThat(client.wire.texts).isEmpty();
        bench.exchange.change(new JsonObject().put("quiet", false));
        bench.fault("stop-heartbeats", "{}");
        bench.pass(3_000);

        assertThat(client.wire.texts).hasSize(12).doesNotContain("{\"event\":\"heartbeat\"}");
    }
}
