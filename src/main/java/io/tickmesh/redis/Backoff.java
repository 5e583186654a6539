package io.tickmesh.redis;

import java.util.function.DoubleSupplier;

/** The pause before the next attempt: doubled each time up to a bound, and never the same for two nodes. */
final class Backoff {
    static final long FIRST_MILLIS = 250;
    static final long MOST_MILLIS = 10_000;
    private static final int MOST_DOUBLINGS = 10;

    private final DoubleSupplier random;
    private int failures;

    /** {@code random} gives numbers from 0 up to 1. */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** Between half of the pause and all of it. */
    long next() {
        long pause = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return (long) (pause * (1 + random.getAsDouble()) / 2);
    }

    void clear() {
        failures = 0;
    }

    int failures() {
        return failures;
    }
}
