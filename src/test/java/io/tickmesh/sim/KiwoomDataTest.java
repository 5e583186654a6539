package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class KiwoomDataTest {
    private static final List<String> SAMSUNG = List.of("005930");
    private static final List<String> ALL = List.of("");
    private static final String TRADE_FIDS =
            "20 10 11 12 27 28 15 13 14 16 17 18 25 26 29 30 31 32 228 311 290 691 567 568"
                    + " 851 1890 1891 1892 1030 1031 1032 1071 1072 1313 1315 1316 1314 1497 1498 620 732 852 9081";

    private final KiwoomBench bench = new KiwoomBench(
            KiwoomSimSettings.DEFAULTS.with("ticks_per_second", 20).with("slow_ms", 1_000));

    private List<JsonObject> values(String type, List<String> items, long ms) {
        KiwoomBench.Client client = bench.loggedIn().register("1", items, type);
        client.live(ms);
        List<JsonObject> entries = client.entries(type);
        assertThat(entries).isNotEmpty();
        return entries.stream().map(each -> each.getJsonObject("values")).toList();
    }

    private static Set<String> fids(String list) {
        return new TreeSet<>(List.of(list.split(" ")));
    }

    private static Set<String> range(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).collect(Collectors.toSet());
    }

    /** A price without its direction. */
    private static long price(JsonObject values, String fid) {
        return Math.abs(number(values, fid));
    }

    private static long number(JsonObject values, String fid) {
        return Long.parseLong(values.getString(fid).trim());
    }

    @Test
    void shouldSendNothingOnRegistrationAlone() {
        KiwoomBench.Client client = bench.loggedIn().register("1", SAMSUNG, "0B", "0D", "0A");

        assertThat(client.wire.last()).isEqualTo(KiwoomBench.REGISTERED);
    }

    @Test
    void shouldCarryAllFidsOfATradeThatReconcile() {
        List<JsonObject> trades = values("0B", SAMSUNG, 30_000);
        long volume = -1;
        for (JsonObject each : trades) {
            assertThat(each.fieldNames()).isEqualTo(fids(TRADE_FIDS));
            long price = price(each, "10");
            long base = price - number(each, "11");
            assertThat(Double.parseDouble(each.getString("12")))
                    .isCloseTo(number(each, "11") * 100.0 / base, Offset.offset(0.0101));
            assertThat(price(each, "27")).isGreaterThan(price(each, "28"));
            assertThat(price).isBetween(price(each, "28"), price(each, "27"));
            assertThat(price).isBetween(price(each, "18"), price(each, "17"));
            assertThat(each.getString("15")).matches("[+-][1-9]\\d*");
            assertThat(each.getString("20")).startsWith("1000");
            assertThat(each.getString("851")).isEmpty();
            assertThat(each.getString("9081")).isEqualTo("1");
            if (volume >= 0) {
                assertThat(number(each, "13")).isEqualTo(volume + Math.abs(number(each, "15")));
            }
            volume = number(each, "13");
            assertThat(number(each, "14") * 1_000_000.0 / volume / price).isBetween(0.9, 1.1);
        }
        assertThat(trades).hasSizeGreaterThan(250);
    }

    @Test
    void shouldWriteTheDirectionOfEachPriceAndPadSomeUnchangedOnes() {
        Set<String> seen = new HashSet<>();
        List<String> items = new KiwoomListing(0)
                .stocks().stream().limit(100).map(KiwoomItem::code).toList();
        for (JsonObject each : values("0B", items, 3_000)) {
            long base = price(each, "10") - number(each, "11");
            for (String fid : List.of("10", "16", "17", "18", "27", "28")) {
                String text = each.getString(fid);
                long price = price(each, fid);
                seen.add(text.replaceAll("\\d+", ""));
                if (price > base) {
                    assertThat(text).isEqualTo("+" + price);
                } else if (price < base) {
                    assertThat(text).isEqualTo("-" + price);
                } else {
                    assertThat(text).isIn(" " + price, "" + price);
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder("+", "-", "", " ");
    }

    @Test
    void shouldCarryAllFidsOfABook() {
        Set<String> expected = fids("21 121 122 125 126 128 129 138 139 23 24 200 201 238 13 299 215 216");
        expected.addAll(range(41, 100));
        expected.addAll(range(291, 295));
        expected.addAll(range(621, 640));
        expected.addAll(range(6044, 6087));
        expected.addAll(range(6100, 6115));
        boolean absent = false;
        for (JsonObject each : values("0D", SAMSUNG, 20_000)) {
            assertThat(each.fieldNames()).isEqualTo(expected);
            for (int level = 2; level <= 10; level++) {
                if (price(each, "" + (40 + level)) == 0) {
                    absent = true;
                    assertThat(each.getString("" + (60 + level))).isEqualTo("0");
                } else {
                    assertThat(price(each, "" + (40 + level))).isGreaterThan(price(each, "" + (39 + level)));
                    assertThat(price(each, "" + (50 + level))).isLessThan(price(each, "" + (49 + level)));
                }
            }
            assertThat(number(each, "128")).isEqualTo(number(each, "125") - number(each, "121"));
            assertThat(each.getString("6044")).isEqualTo("0");
        }
        assertThat(absent).isTrue();
    }

    @Test
    void shouldSplitABookOfBothVenues() {
        for (JsonObject each : values("0D", List.of("005930_AL"), 5_000)) {
            assertThat(number(each, "6044") + number(each, "6066")).isEqualTo(number(each, "61"));
            assertThat(number(each, "6063") + number(each, "6085")).isEqualTo(number(each, "80"));
            assertThat(number(each, "6064") + number(each, "6086")).isEqualTo(number(each, "121"));
        }
    }

    @Test
    void shouldCarryAllFidsOfTheOtherTypes() {
        assertFids("0C", SAMSUNG, "27 28");
        assertFids("0A", SAMSUNG, "10 11 12 27 28 13 14 16 17 18 25 26 29 30 31 32 311 567 568");
        assertFids("0E", SAMSUNG, "21 131 132 135 136");
        assertFids("0H", SAMSUNG, "20 10 11 12 15 13 25");
        assertFids("0s", ALL, "215 20 214");
        assertFids("1h", ALL, "9001 302 9068 1221 1223 1224 1225 1236 1237 1489 1490 9069");
        assertFids("1h", SAMSUNG, "9001 302 9068 1221 1223 1224 1225 1236 1237 1489 1490 9069");
        assertFids("00", ALL, "9201 9203 9001 913 900 901 902 904 905 907 908 909 910 911 919 2134 2135 2136");
        assertFids("04", ALL, "9201 9001 302 10 930 931 932 933 945 946 950 27 28 307 8019");
    }

    private void assertFids(String type, List<String> items, String list) {
        for (JsonObject each : values(type, items, 3_000)) {
            assertThat(each.fieldNames()).as(type).isEqualTo(fids(list));
        }
    }

    @Test
    void shouldPutALetterBeforeTheCodesOfTheAccountAlone() {
        assertThat(values("00", ALL, 3_000))
                .allMatch(each -> each.getString("9001").matches("A\\d{6}"));
        assertThat(values("1h", ALL, 3_000))
                .allMatch(each -> each.getString("9001").matches("\\d{6}"));
    }

    @Test
    void shouldVaryTheOrderOfKeysWithDataMostlyFirst() {
        KiwoomBench.Client client = bench.loggedIn().register("1", SAMSUNG, "0B");
        client.live(20_000);
        List<String> frames = client.wire.texts.stream()
                .filter(each -> each.contains("\"REAL\""))
                .toList();
        long dataFirst =
                frames.stream().filter(each -> each.startsWith("{\"data\"")).count();

        assertThat(dataFirst * 100 / frames.size()).isBetween(60L, 90L);
        assertThat(client.entries().stream()
                        .map(each -> String.join(",", each.fieldNames()))
                        .distinct())
                .hasSize(5);
        assertThat(client.entries().stream()
                        .map(each -> each.getJsonObject("values")
                                .fieldNames()
                                .iterator()
                                .next())
                        .distinct())
                .hasSizeGreaterThan(20);
    }

    @Test
    void shouldGatherTwoToFiveEntriesInSomeFramesAndNeverTradesWithBooks() {
        List<String> items = new KiwoomListing(0)
                .stocks().stream().limit(50).map(KiwoomItem::code).toList();
        KiwoomBench.Client client = bench.loggedIn().register("1", items, "0B", "0C", "0D");
        client.live(3_000);
        List<JsonObject> frames = client.frames();
        long many = frames.stream()
                .filter(each -> each.getJsonArray("data").size() > 1)
                .count();

        assertThat(many * 100 / frames.size()).isBetween(7L, 13L);
        for (JsonObject frame : frames) {
            assertThat(frame.getJsonArray("data").size()).isBetween(1, 5);
            Set<Boolean> trades = frame.getJsonArray("data").stream()
                    .map(each -> ((JsonObject) each).getString("type").equals("0B"))
                    .collect(Collectors.toSet());
            assertThat(trades).hasSize(1);
        }
    }

    @Test
    void shouldSendTheConfiguredNumberOfTicks() {
        KiwoomBench.Client client = bench.loggedIn().register("1", SAMSUNG, "0B", "0C");
        client.live(10_000);

        assertThat(client.entries().size()).isBetween(195, 201);
    }

    @Test
    void shouldGiveTheSameValuesForTheSameSeed() {
        KiwoomBench other = new KiwoomBench(
                KiwoomSimSettings.DEFAULTS.with("ticks_per_second", 20).with("slow_ms", 1_000));
        KiwoomBench.Client one = bench.loggedIn().register("1", SAMSUNG, "0B", "0D");
        KiwoomBench.Client two = other.loggedIn().register("1", SAMSUNG, "0B", "0D");
        one.live(5_000);
        two.live(5_000);

        assertThat(one.wire.texts).isEqualTo(two.wire.texts);
    }

    @Test
    void shouldSendOnlyPingsOutsideMarketHours() {
        bench.change("market", "closed");
        KiwoomBench.Client client = bench.loggedIn().register("1", SAMSUNG, "0B", "0D", "0A");
        client.register("2", ALL, "0s", "00");
        client.live(30_000);

        assertThat(client.frames()).isEmpty();
        assertThat(client.wire.texts).contains(KiwoomBench.PING);
    }

    @Test
    void shouldKeepTheHoursOfTheExchanges() {
        long day = 24 * 3_600;
        long ten = KiwoomBench.START / 1_000;
        for (KiwoomItem.Venue venue : KiwoomItem.Venue.values()) {
            assertThat(open(venue, ten)).isTrue();
            assertThat(open(venue, ten + day)).isFalse();
            assertThat(open(venue, ten + 2 * day)).isFalse();
            assertThat(open(venue, ten + 3 * day)).isTrue();
            assertThat(open(venue, ten - 3_601)).isEqualTo(venue != KiwoomItem.Venue.KRX);
            assertThat(open(venue, ten + 5 * 3_600 + 1_800)).isEqualTo(venue != KiwoomItem.Venue.KRX);
            assertThat(open(venue, ten + 10 * 3_600)).isFalse();
        }
    }

    private static boolean open(KiwoomItem.Venue venue, long second) {
        return KiwoomTime.isOpen(KiwoomStreamSettings.Market.CLOCK, venue, second);
    }

    @Test
    void shouldFeedNoOtherVenueOnMock() {
        bench.change("profile", "mock");
        KiwoomBench.Client client = bench.loggedIn().register("1", List.of("005930_NX", "005930_AL"), "0B");
        client.live(3_000);

        assertThat(client.frames()).isEmpty();
    }

    @Test
    void shouldShiftTheProvidersClock() {
        bench.change("clock_offset_ms", -9 * 3_600_000);

        assertThat(values("0B", SAMSUNG, 2_000))
                .allMatch(each -> each.getString("20").startsWith("0100"));
    }

    @Test
    void shouldListAsManyExtraSymbolsAsAsked() {
        bench.change("extra_symbols", 2_000);
        List<KiwoomItem> stocks = new KiwoomListing(2_000).stocks();

        assertThat(stocks).hasSize(2_210).allMatch(each -> each.code().matches("\\d{6}"));
        assertThat(values("0B", List.of(stocks.get(2_209).code()), 2_000)).isNotEmpty();
    }
}
