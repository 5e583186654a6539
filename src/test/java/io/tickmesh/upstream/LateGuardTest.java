package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LateGuardTest {
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long NOW = 1_800_000_000L * SECOND;

    private final LateGuard guard = new LateGuard();

    /** A frame that comes {@code at} seconds after the first and says that it is of {@code offset} later. */
    private boolean isLate(double at, long offset) {
        long receivedAt = NOW + (long) (at * SECOND);
        return guard.isLate(null, receivedAt + offset, receivedAt);
    }

    @Test
    void shouldTellWhatIsOlderThanWhatWasShown() {
        assertThat(isLate(0, 0)).isFalse();
        for (int i = 1; i < 60; i++) {
            assertThat(isLate(i, -599 * SECOND)).isTrue();
        }
        assertThat(isLate(61, 0)).isFalse();
    }

    @Test
    void shouldNotTrustAClockThatRunsAhead() {
        assertThat(isLate(0, HOUR)).isFalse();
        assertThat(isLate(1, 0)).isFalse();
    }

    @Test
    void shouldFollowAClockThatWasSetBackAfterSomeDoubt() {
        assertThat(isLate(0, 0)).isFalse();
        assertThat(isLate(1, -9 * HOUR)).isTrue();
        assertThat(isLate(10.9, -9 * HOUR)).isTrue();

        assertThat(isLate(11, -9 * HOUR)).isFalse();

        assertThat(isLate(12, -9 * HOUR)).isFalse();
        assertThat(isLate(13, -9 * HOUR - 3 * SECOND)).isTrue();
        assertThat(isLate(14, 0)).isFalse();
    }

    @Test
    void shouldNotFollowStrayFramesBetweenGoodOnes() {
        for (int i = 0; i < 60; i++) {
            assertThat(isLate(i, 0)).isFalse();
            assertThat(isLate(i + 0.5, -9 * HOUR)).isTrue();
        }
    }
}
