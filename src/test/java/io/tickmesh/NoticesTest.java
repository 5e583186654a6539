package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.KisSimulator;
import io.tickmesh.sim.KiwoomSimSettings;
import io.tickmesh.sim.SessionRecord;
import io.tickmesh.sim.UpbitSimSettings;
import io.tickmesh.sim.UpbitSimulator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders, fills and balances of accounts: for native clients of a node whose operator has opened them, and nobody else. */
final class NoticesTest {
    private static final String SECOND_KEY = "second-app-key";
    private static final String SECOND_SECRET = "second-app-secret";

    private static final ProviderUnderTest KIS = ProviderUnderTest.kis(
            4,
            KisSimSettings.DEFAULTS.patched(new JsonObject()
                    .put(
                            "app_keys",
                            new JsonArray().add(KisSimulator.DEFAULT_APP_KEY).add(SECOND_KEY))
                    .put(
                            "app_secrets",
                            new JsonArray().add(KisSimulator.DEFAULT_APP_SECRET).add(SECOND_SECRET))),
            "feeds.kis.notices=true",
            "feeds.kis.hts_id=" + KisSimulator.DEFAULT_HTS_ID);
    private static final ProviderUnderTest KIWOOM =
            ProviderUnderTest.kiwoom(4, KiwoomSimSettings.DEFAULTS.with("slow_ms", 400), "feeds.kiwoom.notices=true");
    private static final ProviderUnderTest UPBIT = ProviderUnderTest.upbit(
            4,
            UpbitSimSettings.DEFAULTS,
            "feeds.upbit.notices=true",
            "feeds.upbit.access_key=" + UpbitSimulator.DEFAULT_ACCESS_KEY,
            "feeds.upbit.secret_key=" + UpbitSimulator.DEFAULT_SECRET_KEY);

    private static final int OPEN = 0;
    private static final int SHUT = 1;

    @BeforeAll
    static void start() {
        KIS.account("kis-2", Map.of("app_key", SECOND_KEY, "app_secret", SECOND_SECRET))
                .beside(KIWOOM)
                .beside(UPBIT)
                .start()
                .start(Stream.of("kis", "kis-2", "kiwoom", "upbit")
                        .flatMap(feed ->
                                Stream.of("feeds." + feed + ".notices=false", "feeds." + feed + ".socket=disabled"))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        Stream.of(KIS, KIWOOM, UPBIT).forEach(ProviderUnderTest::close);
    }

    /** A client of the open node that has been told that the account's news come. */
    private static SocketClient listener(String topic) {
        SocketClient client = KIS.stream(OPEN, List.of(topic));
        client.next(frame -> "live".equals(frame.getString("state")));
        return client;
    }

    private static JsonObject news(SocketClient client, String topic) {
        JsonObject tick = client.next("tick");
        assertThat(tick.getString("topic")).isEqualTo(topic);
        return tick;
    }

    @Test
    void shouldDecryptTheNoticesOfKisAndKeepTheirOrder() {
        try (SocketClient client = listener("notice/kis");
                SocketClient other = KIS.stream(OPEN, List.of("trade/kis:005930"))) {
            assertThat(KIS.open().stream().map(SessionRecord::tickers).flatMap(List::stream))
                    .contains("H0STCNI0|" + KisSimulator.DEFAULT_HTS_ID);
            for (int order = 1; order <= 20; order++) {
                KIS.fault("notice", "order", "%010d".formatted(order), "quantity", order, "filled", order % 2 == 0);
            }
            for (int order = 1; order <= 20; order++) {
                JsonObject tick = news(client, "notice/kis");
                assertThat(tick.getString("event")).isEqualTo("H0STCNI0");
                JsonObject fields = tick.getJsonObject("fields");
                assertThat(fields.getString("ODER_NO")).isEqualTo("%010d".formatted(order));
                assertThat(fields.getString("CNTG_QTY")).isEqualTo("%010d".formatted(order));
                assertThat(fields.getString("CNTG_YN")).isEqualTo(order % 2 == 0 ? "2" : "1");
                assertThat(fields.getString("STCK_SHRN_ISCD")).isEqualTo("005930");
                assertThat(fields.getString("CNTG_ISNM40")).isEqualTo("SAMPLE CO");
            }
            other.next("tick");
            while (other.waiting() > 0) {
                assertThat(other.next().getString("topic", "trade/kis:005930")).isEqualTo("trade/kis:005930");
            }
        }
    }

    @Test
    void shouldTellOfOrdersAndBalancesOfKiwoom() {
        try (SocketClient client = listener("notice/kiwoom")) {
            Set<String> events = new HashSet<>();
            while (events.size() < 2) {
                JsonObject tick = news(client, "notice/kiwoom");
                JsonObject fields = tick.getJsonObject("fields");
                assertThat(tick.getString("event")).isIn("00", "04");
                assertThat(fields.getString("9201")).as("account").isNotEmpty();
                assertThat(fields.getString("9001")).as("code").isNotEmpty();
                assertThat(fields.containsKey(tick.getString("event").equals("00") ? "9203" : "930"))
                        .as("%s", tick)
                        .isTrue();
                events.add(tick.getString("event"));
            }
        }
    }

    @Test
    void shouldTellOfOrdersAndBalancesOfUpbitOverAConnectionOfItsOwn() {
        try (SocketClient client = listener("notice/upbit")) {
            UPBIT.fault("my-order", "code", "KRW-ETH", "state", "done", "executed", "0.001");
            JsonObject order = news(client, "notice/upbit");
            assertThat(order.getString("event")).isEqualTo("myOrder");
            assertThat(order.getJsonObject("fields").getString("code")).isEqualTo("KRW-ETH");
            assertThat(order.getJsonObject("fields").getString("state")).isEqualTo("done");

            UPBIT.fault("my-asset", "currency", "BTC", "balance", "21.123456789012345678");
            JsonObject asset = news(client, "notice/upbit");
            assertThat(asset.getString("event")).isEqualTo("myAsset");
            assertThat(asset.getJsonObject("fields").getString("currency")).isEqualTo("BTC");
            assertThat(asset.getJsonObject("fields").getString("balance")).isEqualTo("21.123456789012345678");
            assertThat(UPBIT.open()).hasSize(2);
        }
    }

    @Test
    void shouldRefuseWhatTheOperatorHasNotOpened() {
        expectRefused(OPEN, "notice/kis-2");
        for (String feed : List.of("kis", "kis-2", "kiwoom", "upbit")) {
            expectRefused(SHUT, "notice/" + feed);
        }
    }

    private static void expectRefused(int node, String topic) {
        try (SocketClient client = KIS.stream(node, List.of(topic))) {
            JsonObject result =
                    client.next("subscribed").getJsonArray("results").getJsonObject(0);
            assertThat(result.getBoolean("ok")).isFalse();
            assertThat(result.encode()).contains("not_allowed");
        }
    }
}
