package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.RestRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Topics without a slot are asked for by REST once for the whole cluster, however many nodes want them. */
final class RestOnceTest {
    private static final int NODES = 3;
    private static final int SLOTS = 2;
    private static final int TOPICS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long WINDOW_MILLIS = 6_000;

    /** A topic is asked for once a second, and one call may fall on the edge of the window. */
    private static final double TOLERATED = 1.15;

    private final ProviderUnderTest kis = ProviderUnderTest.kis(
            1,
            KisSimSettings.DEFAULTS.with("extra_symbols", 100),
            "feeds.kis.max_subscriptions=" + SLOTS,
            "cluster.name=" + UUID.randomUUID());
    private final List<SocketClient> clients = new ArrayList<>();

    @AfterEach
    void end() {
        clients.forEach(SocketClient::close);
        kis.close();
    }

    private static List<String> topics() {
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < SLOTS + TOPICS; i++) {
            topics.add("trade/kis:" + (200_000 + 10 * i));
        }
        return topics;
    }

    private void hold(int node) {
        SocketClient client = kis.stream(node, topics());
        clients.add(client);
        Map<String, String> states = new HashMap<>();
        client.next(frame -> {
            if (frame.containsKey("topic") && frame.containsKey("state")) {
                states.put(frame.getString("topic"), frame.getString("state"));
            }
            return states.values().stream().filter("fallback"::equals).count() == TOPICS
                    && states.values().stream().filter("live"::equals).count() == SLOTS;
        });
    }

    /** Calls for prices, by symbol, in so long from now. */
    private Map<String, Integer> calls() {
        long from = System.currentTimeMillis();
        await().atMost(PATIENCE).until(() -> System.currentTimeMillis() - from >= WINDOW_MILLIS);
        Map<String, Integer> calls = new HashMap<>();
        for (RestRequest each : kis.sim().restRequests()) {
            if (each.at() >= from
                    && each.at() < from + WINDOW_MILLIS
                    && each.path().endsWith("/inquire-price")) {
                calls.merge(each.symbols(), 1, Integer::sum);
            }
        }
        return calls;
    }

    private static int sum(Map<String, Integer> calls) {
        return calls.values().stream().mapToInt(each -> each).sum();
    }

    @Test
    void shouldAskByRestOnceForAllNodes() {
        kis.start();
        hold(0);
        Map<String, Integer> alone = calls();
        assertThat(alone).hasSize(TOPICS);
        for (int node = 1; node < NODES; node++) {
            kis.start();
            hold(node);
        }
        Map<String, Integer> together = calls();
        assertThat(together.keySet()).isEqualTo(alone.keySet());
        assertThat((double) sum(together)).isBetween(sum(alone) / TOLERATED, sum(alone) * TOLERATED);
        assertThat(kis.open()).hasSize(1);
    }
}
