package io.tickmesh.client;

import static io.tickmesh.client.RequestRate.Verdict.DROP;
import static io.tickmesh.client.RequestRate.Verdict.END;
import static io.tickmesh.client.RequestRate.Verdict.SERVE;
import static io.tickmesh.client.RequestRate.Verdict.TELL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RequestRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final RequestRate rate = new RequestRate(10, 0);

    @Test
    void shouldServeABurstAndThenWhatTimeAllows() {
        for (int i = 0; i < 50; i++) {
            assertThat(rate.onRequest(0)).isEqualTo(SERVE);
        }
        assertThat(rate.onRequest(0)).isEqualTo(TELL);
        assertThat(rate.onRequest(1)).isEqualTo(DROP);
        assertThat(rate.onRequest(SECOND / 10)).isEqualTo(SERVE);
        assertThat(rate.onRequest(SECOND / 10)).isEqualTo(DROP);
        assertThat(rate.onRequest(SECOND * 100)).isEqualTo(SERVE);
    }

    @Test
    void shouldTellOnceASecondAndEndWhoGoesOnForTenSeconds() {
        int told = 0;
        int served = 0;
        long now = 0;
        for (; now < 20 * SECOND; now += SECOND / 100) {
            RequestRate.Verdict verdict = rate.onRequest(now);
            told += verdict == TELL ? 1 : 0;
            served += verdict == SERVE ? 1 : 0;
            if (verdict == END) {
                break;
            }
        }
        assertThat(now / SECOND).isBetween(10L, 11L);
        assertThat(told).isBetween(9, 11);
        assertThat(served).isBetween(145, 165);
    }

    @Test
    void shouldForgiveWhoPauses() {
        for (int burst = 0; burst < 20; burst++) {
            long now = 2L * burst * SECOND;
            for (int i = 0; i < 200; i++) {
                assertThat(rate.onRequest(now)).isNotEqualTo(END);
            }
        }
    }
}
