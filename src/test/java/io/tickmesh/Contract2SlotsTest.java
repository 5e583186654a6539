package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.SessionRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forty registrations of the account of contract 2, on two nodes. */
final class Contract2SlotsTest {
    private static final int LIMIT = 40;
    private static final String FULL = "40개 종목 구독 실패";
    private static final List<String> CODES = IntStream.range(0, LIMIT + 6)
            .mapToObj(i -> Integer.toString(200_000 + 10 * i))
            .toList();
    private static final List<String> FORTY = CODES.subList(0, LIMIT);
    private static final String LATE = CODES.get(LIMIT);
    private static final Duration SLOT_AT_REST = Duration.ofSeconds(15);

    @SuppressWarnings("NullAway.Init") // each test begins with start()
    private ProviderUnderTest kis;

    @AfterEach
    void stop() {
        kis.close();
    }

    private void start(String... settings) {
        String[] all = IntStream.rangeClosed(0, settings.length)
                .mapToObj(i -> i == 0 ? "cluster.name=" + UUID.randomUUID() : settings[i - 1])
                .toArray(String[]::new);
        kis = ProviderUnderTest.kis(1, KisSimSettings.DEFAULTS.with("extra_symbols", 60), all)
                .start()
                .start();
    }

    private SocketClient open(int node) {
        SocketClient client = kis.client(node, "/ws/stock/");
        client.next("connection_established");
        return client;
    }

    private static JsonObject subscribe(SocketClient client, List<String> codes) {
        return ask(client, "subscribe", codes, "subscription_result");
    }

    private static JsonObject ask(SocketClient client, String action, List<String> codes, String answer) {
        client.sendExactly(new JsonObject()
                .put("action", action)
                .put("codes", new JsonArray(codes))
                .encode());
        return client.next(answer);
    }

    private static JsonObject result(boolean success, List<String> accepted, List<String> failed, String error, int n) {
        return new JsonObject()
                .put("type", "subscription_result")
                .put("success", success)
                .put("subscribed", new JsonArray(accepted))
                .put("failed", new JsonArray(failed))
                .put("error", error.isEmpty() ? null : error)
                .put("total_subscribed", n);
    }

    private static int active(SocketClient client) {
        client.send("{'action':'list_subscriptions'}");
        JsonObject list = client.next("subscriptions_list");
        assertThat(list.getInteger("kis_max_subscriptions")).isEqualTo(LIMIT);
        return list.getInteger("kis_active_subscriptions");
    }

    private Set<String> carried() {
        Set<String> codes = new LinkedHashSet<>();
        for (SessionRecord session : kis.open()) {
            session.tickers().forEach(each -> codes.add(each.substring(each.indexOf('|') + 1)));
        }
        return codes;
    }

    private void fill(SocketClient client) {
        assertThat(subscribe(client, FORTY)).isEqualTo(result(true, FORTY, List.of(), "", LIMIT));
        await().atMost(SLOT_AT_REST).until(() -> carried().containsAll(FORTY));
    }

    /** How many registrations the provider was asked for at most at a time; and how many it was told to end. */
    private record Asked(int most, int ended) {}

    private Asked asked() {
        Set<String> carried = new LinkedHashSet<>();
        int most = 0;
        int ended = 0;
        for (SessionRecord.ControlFrame frame : kis.open().get(0).frames()) {
            JsonObject message = new JsonObject(frame.text());
            if (message.containsKey("body")) {
                String code =
                        message.getJsonObject("body").getJsonObject("input").getString("tr_key");
                if (message.getJsonObject("header").getString("tr_type").equals("1")) {
                    carried.add(code);
                    most = Math.max(most, carried.size());
                } else {
                    carried.remove(code);
                    ended++;
                }
            }
        }
        return new Asked(most, ended);
    }

    @Test
    void shouldRefuseTheFortyFirstCodeOnAnyNodeUntilOneIsFree() {
        start();
        SocketClient first = open(0);
        SocketClient second = open(1);
        fill(first);

        assertThat(subscribe(second, List.of(LATE))).isEqualTo(result(false, List.of(), List.of(LATE), FULL, 0));
        assertThat(subscribe(first, List.of(LATE, FORTY.get(0))))
                .isEqualTo(result(false, List.of(FORTY.get(0)), List.of(LATE), FULL, LIMIT));
        assertThat(subscribe(second, FORTY.subList(30, LIMIT)))
                .as("costs no slot")
                .isEqualTo(result(true, FORTY.subList(30, LIMIT), List.of(), "", 10));
        await().until(() -> active(first) == LIMIT && active(second) == LIMIT);

        ask(first, "unsubscribe", FORTY.subList(0, 1), "unsubscription_result");
        // the other node's wish may come to the owner before the news that a code is given up
        await().untilAsserted(() -> assertThat(subscribe(second, List.of(LATE, CODES.get(LIMIT + 1))))
                .isEqualTo(result(false, List.of(LATE), List.of(CODES.get(LIMIT + 1)), FULL, 11)));
        await().atMost(SLOT_AT_REST).until(() -> carried().contains(LATE));
        second.next(frame -> LATE.equals(frame.getString("stock_code")));

        assertThat(asked()).isEqualTo(new Asked(LIMIT, 1));
        assertThat(kis.metric("tickmesh_upstream_refusals_total")).isZero();
    }

    /** The text names the limit there is, not how many were refused. */
    @Test
    void shouldNameALimitThatIsSetAnotherWay() {
        start("feeds.kis.max_subscriptions=3", "feeds.kis.slots_overflow=reject");
        SocketClient client = open(0);
        client.send("{'action':'list_subscriptions'}");
        assertThat(client.next("subscriptions_list"))
                .isEqualTo(new JsonObject()
                        .put("type", "subscriptions_list")
                        .put("subscribed_codes", new JsonArray())
                        .put("count", 0)
                        .put("kis_active_subscriptions", 0)
                        .put("kis_max_subscriptions", 3));
        JsonObject told = subscribe(client, CODES.subList(0, 5));
        assertThat(told.getJsonArray("subscribed")).hasSize(3);
        assertThat(told.getJsonArray("failed")).hasSize(2);
        assertThat(told.getString("error")).isEqualTo("3개 종목 구독 실패");
        assertThat(told.getInteger("total_subscribed")).isEqualTo(3);
    }

    @Test
    void shouldLetAPageThatComesBackTakeOtherCodesAtOnce() {
        start("feeds.kis.slots_overflow=reject");
        SocketClient page = open(0);
        fill(page);
        page.close();
        List<String> others = CODES.subList(5, LIMIT + 5);

        SocketClient back = open(1);
        await().untilAsserted(() ->
                assertThat(subscribe(back, others)).isEqualTo(result(true, others, List.of(), "", LIMIT)));
        List<String> more = CODES.subList(LIMIT + 5, LIMIT + 6);
        assertThat(subscribe(back, more)).isEqualTo(result(false, List.of(), more, FULL, LIMIT));

        await().atMost(SLOT_AT_REST).until(() -> carried().containsAll(others));
        assertThat(asked().most()).isEqualTo(LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fallback", "reject"})
    void shouldFillInOrSucceedInPartWhereItIsToldTo(String overflow) {
        start("stock.overflow=" + overflow, "stock.success_if_any=true");
        SocketClient client = open(0);
        fill(client);
        List<String> both = List.of(LATE, FORTY.get(3));
        JsonObject told = subscribe(client, both);
        if (overflow.equals("reject")) {
            assertThat(told).isEqualTo(result(true, FORTY.subList(3, 4), List.of(LATE), FULL, LIMIT));
            assertThat(subscribe(client, List.of(LATE)))
                    .isEqualTo(result(false, List.of(), List.of(LATE), FULL, LIMIT));
        } else {
            assertThat(told).isEqualTo(result(true, both, List.of(), "", LIMIT + 1));
            JsonObject price = client.next(frame -> LATE.equals(frame.getString("stock_code")));
            assertThat(price.getString("time")).matches("\\d{6}");
            assertThat(price.getValue("price")).isInstanceOf(Number.class);
            assertThat(price.getValue("volume")).isInstanceOf(Number.class);
        }
        assertThat(asked().most()).isEqualTo(LIMIT);
    }
}
