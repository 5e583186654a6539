package io.tickmesh.bench;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clock that all processes of the machine share. */
final class WallClock {
    private WallClock() {}

    /** Microseconds since 1970. */
    static long micros() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
    }
}
