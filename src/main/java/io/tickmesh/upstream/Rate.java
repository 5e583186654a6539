package io.tickmesh.upstream;

/** How fast a total grows, from its samples of the last seconds: what is counted anyway needs no second count. */
final class Rate {
    private static final int SAMPLES = 6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double[] totals = new double[SAMPLES];
    private final long[] times = new long[SAMPLES];
    private int taken;

    void sample(double total, long now) {
        int at = taken++ % SAMPLES;
        totals[at] = total;
        times[at] = now;
    }

    /** Per second, from the oldest sample to the newest, with one decimal place. */
    double perSecond() {
        if (taken < 2) {
            return 0;
        }
        int newest = (taken - 1) % SAMPLES;
        int oldest = taken <= SAMPLES ? 0 : taken % SAMPLES;
        long elapsed = times[newest] - times[oldest];
        return elapsed <= 0
                ? 0
                : Math.round(10 * (totals[newest] - totals[oldest]) * NANOS_PER_SECOND / elapsed) / 10.0;
    }
}
