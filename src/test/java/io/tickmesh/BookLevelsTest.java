package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.SessionRecord;
import io.tickmesh.sim.UpbitSimSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Books of Upbit that are grouped by a level, from its sockets and its REST side to a client. */
final class BookLevelsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PLAIN = "book.30/upbit:KRW-BTC";
    private static final String FINE = "book.15.10000/upbit:KRW-BTC";
    private static final String COARSE = "book.5.100000/upbit:KRW-BTC";
    private static final String DECIMAL = "book.5.0.1/upbit:KRW-DOGE";
    private static final int ROUNDS = 10;

    private static ProviderUnderTest upbit(int slots) {
        return ProviderUnderTest.upbit(
                        4, UpbitSimSettings.DEFAULTS.with("thin_every", 0), "feeds.upbit.max_subscriptions=" + slots)
                .start();
    }

    private static BigDecimal price(JsonArray line) {
        return new BigDecimal(line.getValue(0).toString());
    }

    private static BigDecimal size(JsonArray line) {
        return new BigDecimal(line.getValue(1).toString());
    }

    private static List<JsonArray> lines(JsonObject book, String side) {
        return book.getJsonArray(side).stream().map(JsonArray.class::cast).toList();
    }

    private static void requireGrouped(JsonObject book, int depth, String level) {
        for (String side : List.of("asks", "bids")) {
            assertThat(lines(book, side))
                    .hasSize(depth)
                    .allSatisfy(line -> assertThat(price(line).remainder(new BigDecimal(level)))
                            .isZero());
        }
    }

    /** The best asks together hold what the plain book of the same moment shows up to their price. */
    private static boolean addsUp(JsonObject plain, JsonObject grouped) {
        JsonArray best = lines(grouped, "asks").get(0);
        List<JsonArray> all = lines(plain, "asks");
        if (price(all.get(all.size() - 1)).compareTo(price(best)) < 0) {
            return false;
        }
        BigDecimal sum = all.stream()
                .filter(line -> price(line).compareTo(price(best)) <= 0)
                .map(BookLevelsTest::size)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(size(best));
        return true;
    }

    /** Makes sure that a book is of the level of its topic, which it returns; keeps some by their time. */
    private static String requireItsOwn(JsonObject book, Map<Long, JsonObject> plain, Map<Long, JsonObject> fine) {
        String topic = book.getString("topic");
        switch (topic) {
            case PLAIN -> plain.put(book.getLong("time"), book);
            case FINE -> {
                requireGrouped(book, 15, "10000");
                fine.put(book.getLong("time"), book);
            }
            case COARSE -> requireGrouped(book, 5, "100000");
            default -> requireGrouped(book, 5, "0.1");
        }
        return topic;
    }

    private static long countThatAddUp(Map<Long, JsonObject> plain, Map<Long, JsonObject> grouped) {
        long count = 0;
        for (Map.Entry<Long, JsonObject> each : plain.entrySet()) {
            @Nullable JsonObject same = grouped.get(each.getKey());
            count += same != null && addsUp(each.getValue(), same) ? 1 : 0;
        }
        return count;
    }

    @Test
    void shouldGiveEachTopicOfAMarketTheBookOfItsLevel() {
        try (ProviderUnderTest upbit = upbit(200);
                SocketClient client = upbit.stream(0, List.of(PLAIN, FINE, COARSE, DECIMAL))) {
            Map<Long, JsonObject> plain = new HashMap<>();
            Map<Long, JsonObject> fine = new HashMap<>();
            Map<String, Integer> ticks = new HashMap<>();
            client.next(
                    frame -> {
                        if ("tick".equals(frame.getString("type"))) {
                            ticks.merge(requireItsOwn(frame, plain, fine), 1, Integer::sum);
                        }
                        return ticks.size() == 4
                                && ticks.values().stream().allMatch(each -> each >= ROUNDS)
                                && countThatAddUp(plain, fine) >= ROUNDS;
                    },
                    PATIENCE);

            assertThat(plain.values())
                    .anyMatch(book -> price(lines(book, "asks").get(0))
                                    .remainder(new BigDecimal("10000"))
                                    .signum()
                            != 0);
            assertThat(upbit.open())
                    .singleElement()
                    .extracting(SessionRecord::tickers)
                    .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                    .containsExactlyInAnyOrder(
                            "orderbook:KRW-BTC.30",
                            "orderbook:KRW-BTC.15:10000",
                            "orderbook:KRW-BTC.5:100000",
                            "orderbook:KRW-DOGE.5:0.1");
            assertThat(upbit.metric("tickmesh_upstream_bad_frames_total")).isZero();
        }
    }

    private static JsonObject asked(SocketClient client, String topic) {
        client.send("{'type':'subscribe','topics':['" + topic + "']}");
        JsonObject result = client.next("subscribed").getJsonArray("results").getJsonObject(0);
        client.send("{'type':'unsubscribe','topics':['" + topic + "']}");
        return result;
    }

    @Test
    void shouldRefuseALevelThatUpbitDoesNotHaveAndNameThoseThatItHas() {
        try (ProviderUnderTest upbit = upbit(200);
                SocketClient client = upbit.stream(0)) {
            int[] level = {1};
            await("the owner asks for the levels").atMost(PATIENCE).untilAsserted(() -> {
                level[0] += 2;
                JsonObject result = asked(client, "book.5." + level[0] + "/upbit:KRW-BTC");
                assertThat(result.getString("message"))
                        .isEqualTo("upbit groups the book of KRW-BTC by the levels"
                                + " 10000, 100000, 1000000, 10000000, not " + level[0]);
                assertThat(result.getBoolean("ok")).isFalse();
            });
            assertThat(asked(client, "book.5.0.1/upbit:KRW-DOGE").getBoolean("ok"))
                    .isTrue();
            JsonObject zero = asked(client, "book.5.0/upbit:KRW-BTC");
            assertThat(zero.getString("code")).isEqualTo("bad_topic");
            assertThat(zero.getString("message")).contains("write 'book.5/upbit:KRW-BTC'");
        }
    }

    @Test
    void shouldFillInAGroupedBookOverRest() {
        try (ProviderUnderTest upbit = upbit(1);
                SocketClient client = upbit.stream(0, List.of(FINE, COARSE))) {
            Map<String, JsonObject> filled = new HashMap<>();
            Map<String, JsonObject> live = new HashMap<>();
            client.next(
                    frame -> {
                        if ("tick".equals(frame.getString("type"))) {
                            Map.of("fallback", filled, "live", live)
                                    .getOrDefault(frame.getString("state"), new HashMap<>())
                                    .put(frame.getString("topic"), frame);
                        }
                        return !filled.isEmpty() && !live.isEmpty();
                    },
                    PATIENCE);

            assertThat(filled.keySet()).doesNotContainAnyElementsOf(live.keySet());
            for (Map<String, JsonObject> each : List.of(filled, live)) {
                each.forEach((topic, book) ->
                        requireGrouped(book, topic.equals(FINE) ? 15 : 5, topic.equals(FINE) ? "10000" : "100000"));
            }
        }
    }
}
