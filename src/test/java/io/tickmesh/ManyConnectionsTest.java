package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.SessionRecord;
import io.tickmesh.sim.UpbitSimSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pool that is more than one connection: accounts of KIS, and connections of Upbit. */
final class ManyConnectionsTest {
    private static final String FIRST_KEY = "app-key-1";
    private static final String SECOND_KEY = "app-key-2";
    private static final int PER_ACCOUNT = 41;
    private static final int TOPICS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PER_CONNECTION = 3;
    private static final List<String> MARKETS = List.of("KRW-BTC", "KRW-ETH", "KRW-XRP", "KRW-SOL", "KRW-DOGE");

    private static final ProviderUnderTest KIS = ProviderUnderTest.kis(
            2,
            KisSimSettings.DEFAULTS.patched(new JsonObject()
                    .put("app_keys", new JsonArray().add(FIRST_KEY).add(SECOND_KEY))
                    .put("app_secrets", new JsonArray().add("first-secret").add("second-secret"))
                    .put("extra_symbols", TOPICS)
                    .put("max_registrations", PER_ACCOUNT)));
    private static final ProviderUnderTest UPBIT = ProviderUnderTest.upbit(
            2,
            UpbitSimSettings.DEFAULTS,
            "feeds.upbit.connections=2",
            "feeds.upbit.max_subscriptions=" + PER_CONNECTION);

    @BeforeAll
    static void start() {
        KIS.account("kis-1", Map.of("app_key", FIRST_KEY, "app_secret", "first-secret"))
                .account("kis-2", Map.of("app_key", SECOND_KEY, "app_secret", "second-secret"))
                .beside(UPBIT)
                .start(
                        "feeds.kis.mode=off",
                        "feeds.kis-1.max_subscriptions=" + PER_ACCOUNT,
                        "feeds.kis-2.max_subscriptions=" + PER_ACCOUNT);
    }

    @AfterAll
    static void stop() {
        KIS.close();
        UPBIT.close();
    }

    /** Reads until each topic has had ticks over a socket. */
    private static void awaitAllLive(List<String> topics) {
        try (SocketClient client = KIS.stream(0, topics)) {
            Set<String> live = new HashSet<>();
            StreamLedger ledger = new StreamLedger();
            client.next(
                    frame -> {
                        ledger.take(frame);
                        if ("tick".equals(frame.getString("type")) && "live".equals(frame.getString("state"))) {
                            live.add(frame.getString("topic"));
                        }
                        return live.size() == topics.size();
                    },
                    PATIENCE);
        }
    }

    private static List<Integer> held(ProviderUnderTest provider) {
        return provider.open().stream()
                .map(SessionRecord::tickers)
                .map(List::size)
                .sorted()
                .toList();
    }

    @Test
    void shouldFillTheSecondAccountWhenTheFirstIsFull() {
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < TOPICS; i++) {
            topics.add("trade/kis:" + (200_000 + 10 * i));
        }
        awaitAllLive(topics);
        assertThat(held(KIS)).containsExactly(TOPICS - PER_ACCOUNT, PER_ACCOUNT);
        assertThat(KIS.open().stream().flatMap(each -> each.tickers().stream()).distinct())
                .hasSize(TOPICS);
        assertThat(KIS.open().stream().map(SessionRecord::key)).containsExactlyInAnyOrder("***-1", "***-2");
        assertThat(KIS.metric("tickmesh_upstream_refusals_total")).isZero();
    }

    @Test
    void shouldOpenASecondConnectionToUpbitWhenTheFirstIsFull() {
        awaitAllLive(MARKETS.stream().map(each -> "trade/upbit:" + each).toList());
        assertThat(UPBIT.open()).hasSize(2);
        List<String> carried =
                UPBIT.open().stream().flatMap(each -> each.tickers().stream()).toList();
        MARKETS.forEach(market -> assertThat(carried.stream().filter(each -> each.contains(market)))
                .as("carried once: %s of %s", market, carried)
                .hasSize(1));
        assertThat(Stream.of(PER_CONNECTION, MARKETS.size() - PER_CONNECTION))
                .containsExactlyInAnyOrderElementsOf(held(UPBIT));
    }
}
