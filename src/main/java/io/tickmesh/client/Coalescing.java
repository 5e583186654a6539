package io.tickmesh.client;

import java.util.concurrent.TimeUnit;

/**
 * How far apart an event loop flushes its sessions, so that a flush carries more: it costs a system call, whatever is in it. A
 * loop with little to flush never waits; from its threshold on the distance rises with what it would otherwise flush, and is
 * longest at twice as much.
 */
final class Coalescing {
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int LONGEST_AT = 2;

    private final double threshold;
    private final long longestMillis;
    private long windowSince;
    private long flushes;
    private double perSecond;
    private long flushedAt;
    private int burst;

    /**
     * Of one event loop.
     *
     * @param threshold flushes per second up to which nothing waits
     */
    Coalescing(int threshold, long longestMillis, long nanoTime) {
        this.threshold = threshold;
        this.longestMillis = longestMillis;
        this.windowSince = nanoTime;
        this.flushedAt = nanoTime;
    }

    /** Something arrived that may be written to many sessions, each of which would be flushed for it. */
    void burst() {
        burst++;
    }

    /** Counts one flush for each burst that a session is written to in; takes the burst of the last write, gives this one's. */
    int written(int lastBurst) {
        if (lastBurst != burst) {
            flushes++;
        }
        return burst;
    }

    /** How long what is written now waits, so that rounds of flushes begin that far apart. */
    long waitMillis(long nanoTime) {
        return Math.max(0, distanceMillis(nanoTime) - TimeUnit.NANOSECONDS.toMillis(nanoTime - flushedAt));
    }

    /** A round of flushes begins. */
    void flushing(long nanoTime) {
        flushedAt = nanoTime;
    }

    private long distanceMillis(long nanoTime) {
        long elapsed = nanoTime - windowSince;
        if (elapsed >= WINDOW_NANOS) {
            perSecond = flushes * NANOS_PER_SECOND / elapsed;
            flushes = 0;
            windowSince = nanoTime;
        }
        double part = (perSecond - threshold) / ((LONGEST_AT - 1) * threshold);
        return (long) (longestMillis * Math.max(0, Math.min(1, part)));
    }
}
