package io.tickmesh.upstream;

/** The pace of REST calls: even, halved where the provider says that it is too fast, and slowly back. */
final class FillInPace {
    private static final long SECOND = 1_000_000_000L;
    private static final long RECOVERY = 10 * SECOND;
    private static final int SLOWEST = 16;

    private final long fullSpacing;
    private int slowness = 1;
    private boolean begun;
    private long nextAt;
    private long changedAt;

    FillInPace(double callsPerSecond) {
        if (!(callsPerSecond > 0)) {
            throw new IllegalArgumentException("a pace must be positive: " + callsPerSecond);
        }
        fullSpacing = (long) Math.ceil(SECOND / callsPerSecond);
    }

    long spacing() {
        return fullSpacing * slowness;
    }

    long nanosToNext(long now) {
        return begun ? nextAt - now : 0;
    }

    void onSent(long now) {
        begun = true;
        nextAt = now + spacing();
    }

    /** Nothing for a second, then at half the pace; what was sent before the last slowing down has been paid for. */
    void slowDown(long sentAt, long now) {
        if (slowness > 1 && sentAt - changedAt <= 0) {
            return;
        }
        slowness = Math.min(SLOWEST, 2 * slowness);
        changedAt = now;
        restUntil(now + Math.max(SECOND, spacing()));
    }

    /** No call before then. */
    void restUntil(long end) {
        if (!begun || end - nextAt > 0) {
            begun = true;
            nextAt = end;
        }
    }

    void recover(long now) {
        while (slowness > 1 && now - changedAt >= RECOVERY) {
            slowness /= 2;
            changedAt += RECOVERY;
        }
    }
}
