package io.tickmesh.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.ChannelEvent.Numbered;
import io.tickmesh.config.ChannelsConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoriesTest {
    private static final long START = 5_000;

    private static Histories histories(int messages, int bytes, long total) {
        ChannelsConfig config = new ChannelsConfig(
                1,
                1,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                1,
                1,
                List.of(),
                false,
                false,
                0,
                Duration.ZERO,
                1,
                messages,
                bytes,
                total,
                0,
                Duration.ZERO,
                null);
        return new Histories(config, () -> START / 1_000);
    }

    @Test
    void shouldNumberFromTheClockAndKeepTheLast() {
        Histories histories = histories(2, 10_000, 10_000);

        assertThat(histories.last("a")).isEqualTo(START);
        assertThat(List.of(histories.add("a", "1"), histories.add("a", "2"), histories.add("a", "3")))
                .containsExactly(START + 1, START + 2, START + 3);

        Histories.Kept kept = histories.of("a");
        assertThat(kept.reaches(START)).isFalse();
        assertThat(kept.reaches(START + 1)).isTrue();
        assertThat(kept.reaches(START + 3)).isTrue();
        assertThat(kept.reaches(START + 4)).isFalse();
        assertThat(kept.after(START + 2)).containsExactly(new Numbered(START + 3, "3"));
    }

    @Test
    void shouldBoundTheBytesOfAChannelAndOfAll() {
        Histories histories = histories(1_000, 1_000, 3_000);
        for (int i = 0; i < 100; i++) {
            for (String channel : List.of("a", "b", "c")) {
                histories.add(channel, "x".repeat(200));
                assertThat(histories.bytes()).isLessThanOrEqualTo(3_000);
            }
        }
        for (int i = 0; i < 1_000; i++) {
            histories.last("channel-" + i);
        }
        assertThat(histories.bytes()).isLessThanOrEqualTo(3_000);
        assertThat(histories.channels()).hasSizeLessThan(20);
    }

    @Test
    void shouldGoOnWhereAnotherNodeWasUnlessItIsFurther() {
        Histories old = histories(10, 10_000, 10_000);
        old.add("a", "1");
        Histories heir = histories(10, 10_000, 10_000);

        heir.adopt("a", old.of("a"));
        assertThat(heir.of("a")).isEqualTo(old.of("a"));
        assertThat(heir.add("a", "2")).isEqualTo(START + 2);
        heir.adopt("a", old.of("a"));
        assertThat(heir.last("a")).isEqualTo(START + 2);
    }

    /** Whatever another gave meanwhile, the next number is above it, and says so. */
    @Test
    void shouldGoOnFarAboveWhatItGaveWhenOthersMayHaveGivenMore() {
        Histories histories = histories(10, 10_000, 10_000);
        long before = histories.add("a", "1");
        long bytes = histories.bytes();
        histories.renew();

        assertThat(histories.last("a")).isGreaterThanOrEqualTo(before + 1_000);
        assertThat(histories.of("a").reaches(before)).isFalse();
        assertThat(histories.bytes()).isLessThan(bytes).isPositive();
        assertThat(histories.add("a", "2")).isEqualTo(histories.of("a").floor() + 1);
    }
}
