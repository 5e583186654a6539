package io.tickmesh.sim;

/** The order book behind an event: 30 lines a side, best first, prices in ticks and 0 where the book is thin. */
final class UpbitBook {
    static final int DEPTH = 30;

    private static final long ASK_GAP = 300;
    private static final long BID_GAP = 301;
    private static final long ASK_SIZE = 302;
    private static final long BID_SIZE = 303;
    private static final long THIN = 304;
    private static final long ASKS_BEHIND = 305;
    private static final long BIDS_BEHIND = 306;
    private static final int THIN_DEPTH = 26;
    private static final int PLACES = 32;

    /** Ticks from one line to the next, at most. */
    private static final int GAP = 2;

    private final UpbitSide asks;
    private final UpbitSide bids;
    private final long step;

    private UpbitBook(UpbitSide asks, UpbitSide bids, long step) {
        this.asks = asks;
        this.bids = bids;
        this.step = step;
    }

    UpbitSide asks() {
        return asks;
    }

    UpbitSide bids() {
        return bids;
    }

    /** Ticks that one line gathers, 0 for the book as it is. */
    long step() {
        return step;
    }

    /** The book of an event, by steps of so many ticks; about one of {@code thinEvery} ends before 30 asks, none if 0. */
    static UpbitBook of(UpbitTape tape, UpbitTape.Event event, long step, int thinEvery) {
        boolean thin = thinEvery > 0 && Hash.below(tape.chance(THIN, event.key()), thinEvery) == 0;
        UpbitSide asks = new UpbitSide();
        UpbitSide bids = new UpbitSide();
        long ask = event.bestAsk();
        long bid = event.bestBid();
        for (int i = 0; i < DEPTH; i++) {
            long place = event.key() * PLACES + i;
            if (!thin || i < THIN_DEPTH) {
                asks.prices[i] = ask;
                asks.sizes[i] = size(tape, ASK_SIZE, place, 1);
            }
            if (bid > 0) {
                bids.prices[i] = bid;
                bids.sizes[i] = size(tape, BID_SIZE, place, 1);
            }
            ask += 1 + Hash.below(tape.chance(ASK_GAP, place), GAP);
            bid -= 1 + Hash.below(tape.chance(BID_GAP, place), GAP);
        }
        if (step == 0) {
            return new UpbitBook(asks, bids, 0);
        }
        long first = event.key() * PLACES;
        return new UpbitBook(
                asks.gathered(true, step, thin ? null : (line, ticks) -> size(tape, ASKS_BEHIND, first + line, ticks)),
                bids.gathered(false, step, (line, ticks) -> size(tape, BIDS_BEHIND, first + line, ticks)),
                step);
    }

    /** What so many ticks hold together. */
    private static long size(UpbitTape tape, long purpose, long place, long ticks) {
        long lines = Math.max(1, ticks / GAP);
        return 1 + Hash.below(tape.chance(purpose, place), 20 * tape.meanVolume()) * lines;
    }
}
