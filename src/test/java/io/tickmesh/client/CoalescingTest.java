package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CoalescingTest {
    private static final int SESSIONS = 100;

    private final Coalescing coalescing = new Coalescing(30_000, 15, 0);
    private final int[] writtenIn = new int[SESSIONS];
    private long now;

    /** So many bursts a second, for a tenth of a second, each written to all sessions more than once. */
    private long waitAfter(int burstsPerSecond) {
        for (int i = 0; i < burstsPerSecond / 10; i++) {
            coalescing.burst();
            for (int write = 0; write < 3; write++) {
                for (int each = 0; each < SESSIONS; each++) {
                    writtenIn[each] = coalescing.written(writtenIn[each]);
                }
            }
            now += TimeUnit.SECONDS.toNanos(1) / burstsPerSecond;
            coalescing.waitMillis(now);
        }
        coalescing.flushing(now);
        return coalescing.waitMillis(now);
    }

    @Test
    void shouldNotWaitUpToTheThreshold() {
        assertThat(waitAfter(10)).isZero();
        assertThat(waitAfter(300)).isZero();
    }

    @Test
    void shouldWaitLongerTheMoreThereWouldBeToFlush() {
        assertThat(waitAfter(450)).isBetween(6L, 8L);
        assertThat(waitAfter(600)).isBetween(14L, 15L);
    }

    @Test
    void shouldNeverWaitLongerThanTheBound() {
        assertThat(waitAfter(5_000)).isEqualTo(15);
    }

    @Test
    void shouldWaitNoMoreAfterAQuietTime() {
        waitAfter(5_000);
        now += TimeUnit.SECONDS.toNanos(10);

        assertThat(coalescing.waitMillis(now)).isZero();
    }

    @Test
    void shouldCountTheTimeThatTheLastRoundOfFlushesTook() {
        waitAfter(5_000);
        now += TimeUnit.MILLISECONDS.toNanos(10);

        assertThat(coalescing.waitMillis(now)).isEqualTo(5);
    }

    @Test
    void shouldCountASessionOnceForEachBurst() {
        Coalescing counted = new Coalescing(1, 15, 0);
        counted.burst();
        int first = counted.written(0);
        counted.burst();

        assertThat(counted.written(first)).isNotEqualTo(first);
        assertThat(counted.written(counted.written(first))).isEqualTo(first + 1);
    }
}
