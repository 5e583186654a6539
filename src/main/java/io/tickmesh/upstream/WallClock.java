package io.tickmesh.upstream;

import java.time.Instant;

/** The time of day, finer than {@link System#currentTimeMillis}. */
final class WallClock {
    private WallClock() {}

    /** Microseconds since 1970. */
    static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
