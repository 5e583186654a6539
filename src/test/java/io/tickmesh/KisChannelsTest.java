package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.SessionRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What KIS has beside trades and books at KRX: its other venues, overseas markets, expected prices, the market's state. */
final class KisChannelsTest {
    /** The registrations that topics of all channels should come to. */
    private static final Map<String, String> REGISTRATIONS = Map.ofEntries(
            Map.entry("trade/kis:005930", "H0STCNT0|005930"),
            Map.entry("trade/kis:005930@NXT", "H0NXCNT0|005930"),
            Map.entry("trade/kis:005930@UN", "H0UNCNT0|005930"),
            Map.entry("book/kis:005930", "H0STASP0|005930"),
            Map.entry("book/kis:005930@NXT", "H0NXASP0|005930"),
            Map.entry("book/kis:005930@UN", "H0UNASP0|005930"),
            Map.entry("expected/kis:000660", "H0STANC0|000660"),
            Map.entry("expected/kis:000660@NXT", "H0NXANC0|000660"),
            Map.entry("expected/kis:000660@UN", "H0UNANC0|000660"),
            Map.entry("trade/kis:NAS.AAPL", "HDFSCNT0|DNASAAPL"),
            Map.entry("book/kis:NAS.AAPL", "HDFSASP0|DNASAAPL"),
            Map.entry("trade/kis:HKS.00700", "HDFSCNT0|DHKS00700"),
            Map.entry("book/kis:HKS.00700", "HDFSASP1|DHKS00700"));

    private static final ProviderUnderTest KIS = ProviderUnderTest.kis(4, KisSimSettings.DEFAULTS);

    @BeforeAll
    static void start() {
        KIS.start();
    }

    @AfterAll
    static void stop() {
        KIS.close();
    }

    @Test
    void shouldDeliverEveryChannelToAClient() {
        Map<String, JsonObject> values = new HashMap<>();
        StreamLedger ledger = new StreamLedger();
        try (SocketClient client = KIS.stream(0, List.copyOf(REGISTRATIONS.keySet()))) {
            client.next(frame -> {
                ledger.take(frame);
                if ("tick".equals(frame.getString("type"))) {
                    assertThat(frame.getString("state")).as("%s", frame).isEqualTo("live");
                    values.put(frame.getString("topic"), frame);
                }
                return values.size() == REGISTRATIONS.size();
            });
            List<String> registered = KIS.open().stream()
                    .map(SessionRecord::tickers)
                    .flatMap(List::stream)
                    .toList();
            assertThat(registered).containsExactlyInAnyOrderElementsOf(REGISTRATIONS.values());
        }
        values.forEach(KisChannelsTest::expectSense);
        assertThat(ledger.value("trade/kis:005930@NXT").getString("exchange")).isEqualTo("NXT");
        assertThat(ledger.value("trade/kis:005930").getString("exchange")).isEqualTo("KRX");
    }

    private static void expectSense(String topic, JsonObject value) {
        if (topic.startsWith("book/")) {
            JsonArray asks = value.getJsonArray("asks");
            JsonArray bids = value.getJsonArray("bids");
            assertThat(asks).as("%s", value).isNotEmpty();
            assertThat(bids).as("%s", value).isNotEmpty();
            assertThat(best(asks)).as("%s", value).isGreaterThan(best(bids));
        } else {
            assertThat(value.getDouble("price")).as("%s", value).isPositive();
        }
        assertThat(Math.abs(value.getLong("time") - value.getLong("received")))
                .as("the zone of %s", value)
                .isLessThan(60_000_000L);
    }

    private static double best(JsonArray levels) {
        return levels.getJsonArray(0).getDouble(0);
    }

    @Test
    void shouldTellTheStateOfTheMarket() {
        try (SocketClient client = KIS.stream(0, List.of("status/kis:005930"))) {
            client.next(frame -> "live".equals(frame.getString("state")));
            KIS.fault("market-status");
            JsonObject fields = client.next("tick").getJsonObject("fields");
            assertThat(fields.fieldNames())
                    .as("places: KIS gives them no names")
                    .hasSize(10);
            assertThat(fields.getString("1")).as("%s", fields).isIn("Y", "N");
        }
    }
}
