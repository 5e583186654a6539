package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.KiwoomSimSettings;
import io.tickmesh.sim.RestRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Kiwoom with everything over the socket, and with nothing over it. Two nodes of two clusters share the simulator: it
 * would tell if the one without a socket opened one.
 */
final class SocketModesTest {
    private static final int FULL = 0;
    private static final int DISABLED = 1;

    /** Longer than it takes where REST may fill in for a socket. */
    private static final long WATCHED_MILLIS = 6_500;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ProviderUnderTest KIWOOM = ProviderUnderTest.kiwoom(
            8,
            KiwoomSimSettings.DEFAULTS,
            "upstream.backoff_first=100ms",
            "upstream.backoff_most=200ms",
            "upstream.backoff_doublings=1",
            "upstream.stable_after=500ms");

    private final StreamLedger ledger = new StreamLedger();

    @BeforeAll
    static void start() {
        KIWOOM.start("feeds.kiwoom.socket=full", "feeds.kiwoom.max_subscriptions=1")
                .start("feeds.kiwoom.socket=disabled");
    }

    @AfterAll
    static void stop() {
        KIWOOM.close();
    }

    private static List<String> codesAskedByRest() {
        return KIWOOM.sim().restRequests().stream()
                .filter(each -> each.path().startsWith("/api/dostk/"))
                .map(RestRequest::symbols)
                .toList();
    }

    private JsonObject state(SocketClient client, String topic, String state) {
        return client.next(
                frame -> {
                    ledger.take(frame);
                    return topic.equals(frame.getString("topic")) && state.equals(frame.getString("state"));
                },
                PATIENCE);
    }

    @Test
    void shouldNeverAskByRestWhereTheSocketIsAll() {
        String carried = "trade/kiwoom:005930";
        String left = "trade/kiwoom:000660";
        try (SocketClient client = KIWOOM.stream(FULL, List.of(carried, left))) {
            state(client, carried, "live");
            client.readInto(ledger, () -> ledger.ticks(carried) > 3);
            assertThat(ledger.state(left)).isEqualTo("waiting");

            KIWOOM.fault("refuse-upgrades", "count", 10_000);
            KIWOOM.fault("drop");
            state(client, carried, "stale");
            long lost = System.currentTimeMillis();
            await().until(() -> System.currentTimeMillis() - lost > WATCHED_MILLIS);
            List<String> states = new ArrayList<>();
            while (client.waiting() > 0) {
                JsonObject frame = client.next();
                ledger.take(frame);
                states.add(frame.getString("state", ""));
            }
            assertThat(states).doesNotContain("fallback", "live");
            assertThat(ledger.state(carried)).isEqualTo("stale");
            assertThat(ledger.state(left)).isEqualTo("waiting");
            KIWOOM.fault("refuse-upgrades", "count", 0);
            state(client, carried, "live");
        }
        assertThat(codesAskedByRest()).doesNotContain("005930", "000660");
    }

    @Test
    void shouldOpenNoSocketWhereRestIsAll() {
        String trade = "trade/kiwoom:035720";
        String book = "book/kiwoom:035720";
        String status = "status/kiwoom:035720";
        long sessions = KIWOOM.sim().sessions().size();
        try (SocketClient client = KIWOOM.stream(DISABLED, List.of(trade, book, status))) {
            JsonObject told = state(client, trade, "fallback");
            assertThat(told.getString("reason", "")).isEqualTo("the feed works on REST alone");
            client.readInto(ledger, () -> ledger.ticks(trade) > 2 && ledger.ticks(book) > 2);
            assertThat(ledger.state(trade)).isEqualTo("fallback");
            assertThat(ledger.state(book)).isEqualTo("fallback");
            assertThat(ledger.state(status)).as("REST does not offer it").isEqualTo("waiting");
            assertThat(ledger.value(book).getJsonArray("asks")).isNotEmpty();
        }
        assertThat(codesAskedByRest()).contains("035720");
        assertThat(KIWOOM.sim().sessions()).as("sockets").hasSizeLessThanOrEqualTo((int) Math.max(1, sessions));
    }
}
