package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypesTest {
    private static final ValueType<Duration> TIME = Quantities.duration(Duration.ZERO, Duration.ofHours(24));
    private static final ValueType<Long> SIZE = Quantities.bytes(0, Long.MAX_VALUE);

    @ParameterizedTest
    @CsvSource({"100ms, 100", "5s, 5000", "5m, 300000", "1h, 3600000", "0s, 0", "86400s, 86400000", "5S, 5000"})
    void shouldReadTimes(String text, long millis) {
        assertThat(TIME.reader().apply(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "5d", "-5s", "+5s", "5.0s", "25h", "5ss", "٥s", "5us"})
    void shouldRefuseWhatIsNoTime(String text) {
        assertThat(TIME.reader().apply(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "65536, 65536", "256KB, 262144", "64MB, 67108864", "1gb, 1073741824", "010, 10"})
    void shouldReadSizes(String text, long bytes) {
        assertThat(SIZE.reader().apply(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "1.5MB", "1 MB", "-1", "1TB", "1K", "99999999999GB", "9999999999999999999"})
    void shouldRefuseWhatIsNoSize(String text) {
        assertThat(SIZE.reader().apply(text)).isEmpty();
    }

    @Test
    void shouldReadBackWhatTheyWrite() {
        Random random = new Random(3);
        for (int run = 0; run < 2_000; run++) {
            Duration time = Duration.ofMillis(random.nextInt(86_400_001));
            Duration even = Duration.ofSeconds(random.nextInt(86_401));
            long size = random.nextLong() >>> (1 + random.nextInt(62));
            assertThat(TIME.reader().apply(TIME.writer().apply(time))).contains(time);
            assertThat(TIME.reader().apply(TIME.writer().apply(even))).contains(even);
            assertThat(SIZE.reader().apply(SIZE.writer().apply(size))).contains(size);
        }
    }

    @ParameterizedTest
    @CsvSource({"90000, 90s", "300000, 5m", "1500, 1500ms", "0, 0ms", "3600000, 1h"})
    void shouldWriteTimesWithTheLargestUnit(long millis, String text) {
        assertThat(TIME.writer().apply(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "fe80::1", "0.0.0.0", "a-b.example", "::", "x_y"})
    void shouldAcceptHosts(String text) {
        assertThat(Types.host().reader().apply(text)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:80", "http://a", "a/b", "a b", ".a", "a.", "ä"})
    void shouldRefuseWhatIsNoHost(String text) {
        assertThat(Types.host().reader().apply(text)).isEmpty();
    }

    @Test
    void shouldReadBackEveryDefault() {
        assertThat(KeyTable.ofBuiltInFeeds().all())
                .allSatisfy(key -> assertThat(readBack(key)).as(key.path()).isEqualTo(key.fallback()));
    }

    private static <T> @Nullable Object readBack(Key<T> key) {
        return key.fallback() == null
                ? null
                : key.type().reader().apply(key.fallbackText()).orElseThrow();
    }
}
