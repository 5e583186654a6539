package io.tickmesh.cluster;

import java.util.concurrent.TimeUnit;

/** One reading of both clocks of this machine: the monotonic one counts, the wall clock is its witness. */
record Moment(long nanos, long wallMillis) {
    /** Milliseconds since an earlier moment, by the monotonic clock. */
    long millisSince(Moment earlier) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - earlier.nanos);
    }

    /** Whether less than this time has passed since an earlier moment, by both clocks. */
    boolean within(long millis, Moment earlier) {
        return millisSince(earlier) < millis && wallMillis - earlier.wallMillis < millis;
    }
}
