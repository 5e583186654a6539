package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.KiwoomSimSettings;
import io.tickmesh.sim.UpbitSimSettings;
import io.tickmesh.upstream.Holidays;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Connections that stay open while nothing comes over them any more. Where the market is open that is told within five
 * seconds, whoever the provider is; where it is closed it is as it should be.
 */
final class MuteFeedTest {
    private static final int TICKS_PER_SECOND = 20;

    /** What the watch over a topic wants to know before it judges: so many intervals of at least a quarter of a second. */
    private static final int INTERVALS = 34;

    private static final long INTERVAL_MICROS = 250_000;
    private static final long TOLD_WITHIN_MILLIS = 5_000;
    private static final long WATCHED_MILLIS = 6_500;

    private static final ProviderUnderTest KIS = ProviderUnderTest.kis(TICKS_PER_SECOND, KisSimSettings.DEFAULTS);
    private static final ProviderUnderTest KIWOOM =
            ProviderUnderTest.kiwoom(TICKS_PER_SECOND, KiwoomSimSettings.DEFAULTS);
    private static final ProviderUnderTest UPBIT = ProviderUnderTest.upbit(TICKS_PER_SECOND, UpbitSimSettings.DEFAULTS);

    /** Of another cluster, and a market that has a holiday: nobody knows whether it is open or closed but by the calendar. */
    private static final ProviderUnderTest RESTING =
            ProviderUnderTest.kis(TICKS_PER_SECOND, KisSimSettings.DEFAULTS, "feeds.kis.hours=market");

    /** A topic that a client follows. */
    private static final class Followed {
        private final ProviderUnderTest provider;
        private final String topic;
        private final SocketClient client;
        private final StreamLedger ledger = new StreamLedger();
        private long lastTick;

        Followed(ProviderUnderTest provider, ProviderUnderTest node, String topic) {
            this.provider = provider;
            this.topic = topic;
            this.client = node.stream(0, List.of(topic));
            client.next("subscribed");
        }

        private JsonObject next() {
            JsonObject frame = client.next();
            ledger.take(frame);
            if ("tick".equals(frame.getString("type"))) {
                lastTick = frame.getLong("received");
            }
            return frame;
        }

        private void learnItsPace() {
            long began = 0;
            for (int intervals = 0; intervals < INTERVALS; ) {
                next();
                if (lastTick - began >= INTERVAL_MICROS) {
                    began = lastTick;
                    intervals++;
                }
            }
        }

        private JsonObject nextState() {
            while (true) {
                JsonObject frame = next();
                if ("state".equals(frame.getString("type"))) {
                    return frame;
                }
            }
        }

        private void nextTick() {
            while (!"tick".equals(next().getString("type"))) {
                // what comes before
            }
        }

        /** And that it was nothing else since its first tick. */
        private void expectLive() {
            while (client.waiting() > 0) {
                assertThat(next().getString("state", "live")).as("%s", topic).isEqualTo("live");
            }
            assertThat(ledger.state(topic)).isEqualTo("live");
            client.close();
        }
    }

    @BeforeAll
    static void start() {
        KIS.beside(KIWOOM).beside(UPBIT).start();
        RESTING.start(closedToday());
    }

    @AfterAll
    static void stop() {
        Stream.of(RESTING, KIS, KIWOOM, UPBIT).forEach(ProviderUnderTest::close);
    }

    private static Holidays closedToday() {
        LocalDate today = LocalDate.now(ZoneOffset.ofHours(9));
        return Holidays.read("test", "KRX:\n  - " + today + "\n  - " + today.plusDays(1) + "\n");
    }

    @Test
    void shouldTellWithinFiveSecondsThatAnOpenConnectionHasFallenSilent() {
        List<Followed> all = List.of(
                new Followed(KIS, KIS, "trade/kis:005930"),
                new Followed(KIWOOM, KIS, "trade/kiwoom:005930"),
                new Followed(UPBIT, KIS, "trade/upbit:KRW-BTC"));
        Followed resting = new Followed(RESTING, RESTING, "trade/kis:005930");
        all.forEach(Followed::learnItsPace);
        resting.learnItsPace();
        Followed quiet = new Followed(KIS, KIS, "trade/kis:000660");
        quiet.nextTick();
        long muted = System.currentTimeMillis();
        all.forEach(each -> each.provider.fault("mute"));
        RESTING.fault("mute");
        for (Followed each : all) {
            JsonObject told = each.nextState();
            assertThat(told.getString("state")).as("%s", told).isEqualTo("stale");
            assertThat(told.getString("reason")).startsWith("no data for ");
            assertThat(told.getLong("since") - each.lastTick / 1_000).isBetween(0L, TOLD_WITHIN_MILLIS);
            assertThat(System.currentTimeMillis() - muted).isLessThan(TOLD_WITHIN_MILLIS + 500);
            assertThat(each.provider.open()).hasSize(1);
        }
        quiet.expectLive();
        all.forEach(each -> each.provider.fault("mute", "on", false));
        all.forEach(each -> {
            assertThat(each.nextState().getString("state")).isEqualTo("live");
            long from = each.ledger.seq(each.topic);
            each.client.readInto(each.ledger, () -> each.ledger.seq(each.topic) > from + 3);
            assertThat(each.provider.sim().sessions()).as("never reconnected").hasSize(1);
            each.client.close();
        });
        await().until(() -> System.currentTimeMillis() - muted > WATCHED_MILLIS);
        resting.expectLive();
        RESTING.fault("mute", "on", false);
    }

    @Test
    void shouldSayThatTheMarketIsClosedWhereNothingCame() {
        RESTING.change("market", "closed");
        Followed resting = new Followed(RESTING, RESTING, "trade/kis:035720");
        JsonObject told = resting.nextState();
        assertThat(told.getString("state")).as("%s", told).isEqualTo("closed");
        assertThat(told.getString("reason")).isIn("holiday in Korea", "weekend in Korea");
        resting.client.close();
        RESTING.change("market", "open");
    }
}
