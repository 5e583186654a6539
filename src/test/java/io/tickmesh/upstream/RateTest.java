package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateTest {
    private final Rate rate = new Rate();

    @Test
    void shouldKnowNothingBeforeTheSecondSample() {
        assertThat(rate.perSecond()).isZero();
        rate.sample(7, 1);
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void shouldLookBackFiveSecondsOnly() {
        for (int second = 0; second < 10; second++) {
            rate.sample(1_000_000, second * SECOND);
        }
        for (int second = 10; second < 15; second++) {
            rate.sample(1_000_000 + 100 * (second - 9), second * SECOND);
        }

        assertThat(rate.perSecond()).isEqualTo(100);
    }
}
