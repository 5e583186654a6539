package io.tickmesh.client;

/** When a client was last heard of, pinged, and took something; all by {@link System#nanoTime()}. */
public final class Pulse {
    private static final long NOT = Long.MIN_VALUE;

    private long heardAt;
    private long pingedAt;
    private long blockedSince = NOT;

    /** The start: silence and pings count from here. */
    void begin(long nanoTime) {
        heardAt = nanoTime;
        pingedAt = nanoTime;
    }

    void heard(long nanoTime) {
        heardAt = nanoTime;
    }

    void pinged(long nanoTime) {
        pingedAt = nanoTime;
    }

    void took() {
        blockedSince = NOT;
    }

    /** Counts from when the client last took something, not from when it last had taken everything. */
    void tookAll(boolean all, long nanoTime) {
        if (all) {
            took();
        } else if (blockedSince == NOT) {
            blockedSince = nanoTime;
        }
    }

    boolean silentFor(long nanos, long nanoTime) {
        return nanoTime - heardAt > nanos;
    }

    /** Whether the last ping is that long ago and nothing has come since. */
    boolean unansweredFor(long nanos, long nanoTime) {
        return pingedAt - heardAt > 0 && nanoTime - pingedAt > nanos;
    }

    boolean blockedFor(long nanos, long nanoTime) {
        return blockedSince != NOT && nanoTime - blockedSince > nanos;
    }

    boolean pingDue(long nanos, long nanoTime) {
        return nanoTime - pingedAt > nanos;
    }

    /** When the client last gave a sign of life. */
    public long heardAt() {
        return heardAt;
    }

    /** When the client was last sent a ping; the start where it was not yet. */
    public long pingedAt() {
        return pingedAt;
    }
}
