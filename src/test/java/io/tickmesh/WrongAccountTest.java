package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.UpbitSimSettings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What belongs to an account cannot be had, and what belongs to nobody goes on as if nothing were wrong. */
final class WrongAccountTest {
    private static final ProviderUnderTest KIS = ProviderUnderTest.kis(
            4,
            KisSimSettings.DEFAULTS.with("release_hold_ms", 0),
            "feeds.kis.notices=true",
            "feeds.kis.hts_id=stranger");
    private static final ProviderUnderTest UPBIT = ProviderUnderTest.upbit(
            4,
            UpbitSimSettings.DEFAULTS,
            "feeds.upbit.notices=true",
            "feeds.upbit.access_key=another-access-key",
            "feeds.upbit.secret_key=another-secret-key",
            "upstream.backoff_first=100ms",
            "upstream.backoff_most=200ms",
            "upstream.quiet_window=20ms");

    @BeforeAll
    static void start() {
        KIS.beside(UPBIT).start();
    }

    @AfterAll
    static void stop() {
        KIS.close();
        UPBIT.close();
    }

    private static JsonObject about(SocketClient client, StreamLedger ledger, String topic, String says) {
        return client.next(frame -> {
            ledger.take(frame);
            return topic.equals(frame.getString("topic"))
                    && frame.getString("reason", "").contains(says);
        });
    }

    private static void awaitFlow(SocketClient client, StreamLedger ledger, String topic, int ticks) {
        long epoch = ledger.epoch(topic);
        long from = ledger.seq(topic);
        client.readInto(
                ledger,
                () -> ledger.state(topic).equals("live")
                        && (ledger.epoch(topic) > epoch || ledger.seq(topic) > from + ticks));
    }

    /** KIS ends the connection when it is asked for the notices of somebody else, without a word about why. */
    @Test
    void shouldGiveUpTheNoticesOfAStrangerAndKeepTheRest() {
        StreamLedger ledger = new StreamLedger();
        List<String> trades = List.of("trade/kis:005930", "trade/kis:000660");
        try (SocketClient client = KIS.stream(0, List.of(trades.get(0), "notice/kis", trades.get(1)))) {
            JsonObject told = about(client, ledger, "notice/kis", "when it is asked for");
            assertThat(told.getString("state")).isEqualTo("waiting");
            assertThat(told.getString("reason")).startsWith("kis refused the subscription: the provider ends ");
            trades.forEach(topic -> awaitFlow(client, ledger, topic, 12));
            assertThat(KIS.sim().sessions()).as("two broke, the third lasts").hasSize(3);
            assertThat(KIS.open()).hasSize(1);
            assertThat(ledger.state("notice/kis")).isEqualTo("waiting");
        }
    }

    @Test
    void shouldDoWithoutThePrivateConnectionOfUpbit() {
        StreamLedger ledger = new StreamLedger();
        String trade = "trade/upbit:KRW-BTC";
        try (SocketClient client = KIS.stream(0, List.of(trade, "notice/upbit"))) {
            JsonObject told = about(client, ledger, "notice/upbit", "the provider refuses the login");
            assertThat(told.getString("state")).isEqualTo("waiting");
            assertThat(told.getString("reason")).doesNotContain("another-");
            awaitFlow(client, ledger, trade, 12);
            assertThat(ledger.state("notice/upbit")).isEqualTo("waiting");
            assertThat(UPBIT.open()).hasSize(1);
        }
    }
}
