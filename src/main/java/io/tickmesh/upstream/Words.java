package io.tickmesh.upstream;

import java.time.Duration;

/** Writes durations for people. */
final class Words {
    private Words() {}

    static String nanos(long nanos) {
        return duration(Duration.ofNanos(nanos));
    }

    static String duration(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        long seconds = duration.toSeconds();
        return seconds >= 60 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
