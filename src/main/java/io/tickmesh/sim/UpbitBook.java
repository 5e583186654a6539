package io.tickmesh.sim;

/**
 * The order book behind an event: 30 levels a side, best first, prices in ticks and 0 where the book is thin.
 */
final class UpbitBook {
    static final int DEPTH = 30;

    private static final long ASK_GAP = 300;
    private static final long BID_GAP = 301;
    private static final long ASK_SIZE = 302;
    private static final long BID_SIZE = 303;
    private static final long THIN = 304;
    private static final int THIN_DEPTH = 26;
    private static final int PLACES = 32;

    private final long[] asks = new long[DEPTH];
    private final long[] askSizes = new long[DEPTH];
    private final long[] bids = new long[DEPTH];
    private final long[] bidSizes = new long[DEPTH];
    private final long step;

    private UpbitBook(long step) {
        this.step = step;
    }

    long[] asks() {
        return asks;
    }

    long[] askSizes() {
        return askSizes;
    }

    long[] bids() {
        return bids;
    }

    long[] bidSizes() {
        return bidSizes;
    }

    /** Ticks that one level gathers, 0 for the book as it is. */
    long step() {
        return step;
    }

    /** The book of an event; about one of {@code thinEvery} has no asks far from the best, none if 0. */
    static UpbitBook of(UpbitTape tape, UpbitTape.Event event, long step, int thinEvery) {
        boolean thin = thinEvery > 0 && Hash.below(tape.chance(THIN, event.key()), thinEvery) == 0;
        UpbitBook book = new UpbitBook(step);
        long ask = step == 0 ? event.bestAsk() : -Math.floorDiv(-event.bestAsk(), step) * step;
        long bid = step == 0 ? event.bestBid() : Math.floorDiv(event.bestBid(), step) * step;
        for (int i = 0; i < DEPTH; i++) {
            long place = event.key() * PLACES + i;
            if (!thin || i < THIN_DEPTH) {
                book.asks[i] = ask;
                book.askSizes[i] = size(tape, ASK_SIZE, place, step);
            }
            if (bid > 0) {
                book.bids[i] = bid;
                book.bidSizes[i] = size(tape, BID_SIZE, place, step);
            }
            ask += step == 0 ? 1 + Hash.below(tape.chance(ASK_GAP, place), 2) : step;
            bid -= step == 0 ? 1 + Hash.below(tape.chance(BID_GAP, place), 2) : step;
        }
        return book;
    }

    private static long size(UpbitTape tape, long purpose, long place, long step) {
        return 1 + Hash.below(tape.chance(purpose, place), 20 * tape.meanVolume()) * Math.max(1, step / 2);
    }

    static long total(long[] sizes, int depth) {
        long sum = 0;
        for (int i = 0; i < depth; i++) {
            sum += sizes[i];
        }
        return sum;
    }
}
