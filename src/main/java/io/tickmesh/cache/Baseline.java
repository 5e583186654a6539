package io.tickmesh.cache;

import java.util.concurrent.TimeUnit;

/**
 * The smallest difference between the clocks of two machines that a message showed in about the last minute. The clocks
 * are not compared: what counts is how much longer than the quickest one a message took.
 */
final class Baseline {
    private static final long HALF_NANOS = TimeUnit.SECONDS.toNanos(30);

    private long before = Long.MAX_VALUE;
    private long current = Long.MAX_VALUE;
    private long since;
    private boolean begun;

    /** Takes a difference and returns the smallest, it included. */
    long least(long difference, long nanoTime) {
        if (!begun) {
            begun = true;
            since = nanoTime;
        }
        if (nanoTime - since >= 2 * HALF_NANOS) {
            before = Long.MAX_VALUE;
            current = Long.MAX_VALUE;
            since = nanoTime;
        } else if (nanoTime - since >= HALF_NANOS) {
            before = current;
            current = Long.MAX_VALUE;
            since += HALF_NANOS;
        }
        current = Math.min(current, difference);
        return Math.min(before, current);
    }
}
