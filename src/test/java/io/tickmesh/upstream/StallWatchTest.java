package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private long now = Long.MAX_VALUE - SECOND;

    private void ticks(StallWatch watch, int count, long interval) {
        for (int i = 0; i < count; i++) {
            now += interval;
            watch.onTick(now);
        }
    }

    @Test
    void shouldSayWhenABusyTopicFallsSilentAndWhenItIsBack() {
        StallWatch watch = StallWatch.ofTopic();
        ticks(watch, 500, 100 * MILLI);
        assertThat(watch.stalled(now + 4 * SECOND)).isEmpty();
        assertThat(watch.nanosToStall(now)).isBetween(4 * SECOND, 5 * SECOND);

        now += watch.nanosToStall(now);
        assertThat(watch.stalled(now)).isEqualTo("no data for 4 s, usually every 300 ms");
        watch.onTick(now);
        assertThat(watch.stalled(now + 4 * SECOND)).isEmpty();
    }

    @Test
    void shouldSayWithinFiveSecondsThatOneWithAFewTicksASecondFallsSilent() {
        for (long interval = 20; interval <= 500; interval += 20) {
            StallWatch watch = StallWatch.ofTopic();
            ticks(watch, 1_000, interval * MILLI);
            assertThat(watch.nanosToStall(now)).as("%s ms", interval).isBetween(4 * SECOND, 5 * SECOND);
        }
    }

    @Test
    void shouldWaitLongerForASlowerOne() {
        StallWatch watch = StallWatch.ofTopic();
        ticks(watch, 50, 800 * MILLI);

        assertThat(watch.stalled(now + 8 * SECOND)).isEmpty();
        assertThat(watch.stalled(now + 9 * SECOND)).isEqualTo("no data for 9 s, usually every 800 ms");
    }

    @Test
    void shouldSayNothingOfTopicsThatTickSeldomOrWereHardlySeen() {
        StallWatch seldom = StallWatch.ofTopic();
        ticks(seldom, 500, 1_500 * MILLI);
        assertThat(seldom.stalled(now + 3_600 * SECOND)).isEmpty();
        assertThat(seldom.nanosToStall(now)).isEqualTo(Long.MAX_VALUE);

        StallWatch fresh = StallWatch.ofTopic();
        assertThat(fresh.stalled(now)).isEmpty();
        ticks(fresh, 20, 300 * MILLI);
        assertThat(fresh.stalled(now + 3_600 * SECOND)).isEmpty();
    }

    @Test
    void shouldNotTakeBurstsForActivity() {
        StallWatch watch = StallWatch.ofTopic();
        for (int i = 0; i < 100; i++) {
            ticks(watch, 50, MILLI);
            now += 5 * SECOND;
        }

        assertThat(watch.active()).isFalse();
    }

    @Test
    void shouldNotCountASilenceWithAReason() {
        StallWatch watch = StallWatch.ofTopic();
        ticks(watch, 500, 300 * MILLI);
        now += 8 * 3_600 * SECOND;
        watch.restart(now);

        assertThat(watch.stalled(now)).isEmpty();
        ticks(watch, 1, 300 * MILLI);
        assertThat(watch.active()).isTrue();
        assertThat(watch.stalled(now + 7 * SECOND)).isNotEmpty();
    }

    @Test
    void shouldGetOverASilenceWithoutOne() {
        StallWatch watch = StallWatch.ofTopic();
        ticks(watch, 500, 300 * MILLI);
        now += 8 * 3_600 * SECOND;
        ticks(watch, 1, MILLI);
        assertThat(watch.active()).isFalse();
        ticks(watch, 200, 300 * MILLI);

        assertThat(watch.active()).isTrue();
    }

    @Test
    void shouldHardlyEverCryWolf() {
        Random random = new Random(7);
        StallWatch watch = StallWatch.ofTopic();
        int alarms = 0;
        for (int i = 0; i < 1_000_000; i++) {
            now += (long) (-Math.log(1 - random.nextDouble()) * 600 * MILLI);
            alarms += watch.stalled(now).isEmpty() ? 0 : 1;
            watch.onTick(now);
        }

        assertThat(alarms).isLessThan(3);
    }
}
