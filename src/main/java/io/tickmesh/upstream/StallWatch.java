package io.tickmesh.upstream;

/**
 * Notices that something which has been talking falls silent. What talks seldom never counts as silent: nothing can be said
 * about it. Ticks that come as one burst count as one, so that a burst does not make the usual interval look short.
 */
final class StallWatch {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long SHORTEST_SILENCE = 4 * SECOND;
    private static final long LONGEST_INTERVAL = 60 * SECOND;
    private static final int INTERVALS_OF_SILENCE = 16;
    private static final int MEMORY = 32;
    private static final long BURST = 250 * MILLI;
    private static final long ACTIVE = SECOND;

    private long last;
    private long burstBegan;
    private long mean;
    private int intervals = -1;

    private StallWatch() {}

    /** For a topic: active if it ticks every second or more often. */
    static StallWatch ofTopic() {
        return new StallWatch();
    }

    void onTick(long now) {
        last = now;
        if (intervals < 0) {
            intervals = 0;
            burstBegan = now;
            return;
        }
        long interval = now - burstBegan;
        if (interval >= BURST) {
            burstBegan = now;
            int weight = Math.min(++intervals, MEMORY);
            intervals = weight;
            mean += (Math.min(interval, LONGEST_INTERVAL) - mean) / weight;
        }
    }

    /** A silence that has a known reason is over: a reconnect, a night. It does not count, and no more does its length. */
    void restart(long now) {
        if (intervals >= 0) {
            last = now;
            burstBegan = now;
        }
    }

    /** Whether enough is known of it to say when it is too silent. */
    boolean active() {
        return intervals >= MEMORY && mean <= ACTIVE;
    }

    /** Why it counts as stalled, in words; empty if it does not. */
    String stalled(long now) {
        long silent = now - last;
        if (!active() || silent <= longestSilence()) {
            return "";
        }
        return "no data for " + Words.nanos(silent) + ", usually every " + Words.nanos(mean);
    }

    /** Nanoseconds until it may count as stalled if it stays silent; the largest number if it is not active. */
    long nanosToStall(long now) {
        return active() ? last + longestSilence() + 1 - now : Long.MAX_VALUE;
    }

    /** An interval is counted from the beginning of a burst, so all of them are longer than the gaps by that much. */
    private long longestSilence() {
        return Math.max(SHORTEST_SILENCE, INTERVALS_OF_SILENCE * (mean - BURST));
    }
}
