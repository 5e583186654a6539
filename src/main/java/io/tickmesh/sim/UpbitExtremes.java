package io.tickmesh.sim;

/**
 * Opening, highest and lowest price of a span of time so far: from looks at the walk at regular moments, and from every
 * trade that was shown. It never forgets within its span, so that a high never falls.
 */
final class UpbitExtremes {
    private static final int MOST_LOOKS = 96;

    private final UpbitTape tape;
    private final long spanSeconds;
    private final long step;
    private long start = Long.MIN_VALUE;
    private long next;
    private long opening;
    private long highest;
    private long lowest;

    UpbitExtremes(UpbitTape tape, long spanSeconds) {
        this.tape = tape;
        this.spanSeconds = spanSeconds;
        this.step = Math.max(1, spanSeconds / MOST_LOOKS);
    }

    /** Takes a trade in, and the walk up to its second; events of an older span are taken for the newest. */
    void see(UpbitTape.Event event) {
        long second = Math.floorDiv(event.time(), 1_000);
        long begins = second - Math.floorMod(second, spanSeconds);
        if (begins > start) {
            start = begins;
            next = begins + step;
            opening = tape.priceAtSecond(begins);
            highest = opening;
            lowest = opening;
        }
        for (; next <= second; next += step) {
            take(tape.priceAtSecond(next));
        }
        take(event.price());
    }

    private void take(long price) {
        highest = Math.max(highest, price);
        lowest = Math.min(lowest, price);
    }

    /** When the span began, epoch seconds. */
    long start() {
        return start;
    }

    long opening() {
        return opening;
    }

    long highest() {
        return highest;
    }

    long lowest() {
        return lowest;
    }
}
