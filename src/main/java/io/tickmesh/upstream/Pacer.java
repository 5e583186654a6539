package io.tickmesh.upstream;

/** Lets so many things happen in any second, and no more. */
final class Pacer {
    private static final long SECOND = 1_000_000_000L;

    private final long[] times;
    private int oldest;
    private int used;

    Pacer(int perSecond) {
        times = new long[perSecond];
    }

    /** Nanoseconds until the next one may happen; 0 or less means now. */
    long nanosToNext(long now) {
        return used < times.length ? 0 : times[oldest] + SECOND - now;
    }

    void onSent(long now) {
        times[oldest] = now;
        oldest = (oldest + 1) % times.length;
        used = Math.min(used + 1, times.length);
    }
}
