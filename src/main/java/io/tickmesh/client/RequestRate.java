package io.tickmesh.client;

import java.util.concurrent.TimeUnit;

/** How many requests a session may still make, and how long it has made too many. */
final class RequestRate {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final int BURST_SECONDS = 5;

    private final int perSecond;
    private double left;
    private long filledAt;
    private boolean over;
    private long overSince;
    private long overAt;
    private long toldAt;

    /** What becomes of a request. */
    enum Verdict {
        SERVE,
        /** Too many; the client is to be told. */
        TELL,
        /** Too many; the client was told within the last second. */
        DROP,
        /** Too many for so long that the session is to end. */
        END
    }

    RequestRate(int perSecond, long nanoTime) {
        this.perSecond = perSecond;
        this.left = most();
        this.filledAt = nanoTime;
    }

    private double most() {
        return (double) perSecond * BURST_SECONDS;
    }

    Verdict onRequest(long nanoTime) {
        left = Math.min(most(), left + (double) (nanoTime - filledAt) * perSecond / SECOND);
        filledAt = nanoTime;
        if (left >= 1) {
            left--;
            return Verdict.SERVE;
        }
        if (!over || nanoTime - overAt > SECOND) {
            overSince = nanoTime;
            toldAt = nanoTime - SECOND;
        }
        over = true;
        overAt = nanoTime;
        if (nanoTime - overSince >= PATIENCE) {
            return Verdict.END;
        }
        if (nanoTime - toldAt >= SECOND) {
            toldAt = nanoTime;
            return Verdict.TELL;
        }
        return Verdict.DROP;
    }
}
