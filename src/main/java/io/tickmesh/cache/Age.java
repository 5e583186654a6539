package io.tickmesh.cache;

/**
 * How old a batch is when it arrives. Two clocks cannot be compared, but their difference stays: what a batch took longer
 * than the quickest one of the last minute is time that it lay somewhere.
 */
final class Age {
    private static final long HALF_MINUTE_NANOS = 30_000_000_000L;

    private long quickestBefore = Long.MAX_VALUE;
    private long quickest = Long.MAX_VALUE;
    private long since;

    /** The age of a batch, in microseconds, by the clocks of its sender and of this node. */
    long of(long sentMicros, long arrivedMicros, long nanoTime) {
        turn(nanoTime);
        long took = arrivedMicros - sentMicros;
        quickest = Math.min(quickest, took);
        return took - Math.min(quickest, quickestBefore);
    }

    /** After a silence the clocks still differ by what they differed before; what lay meanwhile must not set the measure. */
    private void turn(long nanoTime) {
        if (quickest == Long.MAX_VALUE) {
            since = nanoTime;
        } else if (nanoTime - since >= HALF_MINUTE_NANOS) {
            quickestBefore = quickest;
            quickest = Long.MAX_VALUE;
            since = nanoTime;
        }
    }
}
