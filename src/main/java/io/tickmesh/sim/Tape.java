package io.tickmesh.sim;

/**
 * Everything that happens to one instrument: event {@code n} of an interval is a pure function of the walk and
 * {@code n}, and events of different instruments are spread over the interval.
 */
final class Tape {
    private static final long SECOND_MICROS = 1_000_000;
    private static final long FIRST_PURPOSE = 100;
    private static final long SIZE = FIRST_PURPOSE;
    private static final long SIDE = FIRST_PURPOSE + 1;
    private static final long SPREAD = FIRST_PURPOSE + 2;
    private static final long BREAK = FIRST_PURPOSE + 3;
    private static final long NANOS = FIRST_PURPOSE + 4;
    private static final long PHASE = FIRST_PURPOSE + 5;
    private static final long MAGNITUDE = FIRST_PURPOSE + 6;
    private static final long ASK_SIZE = FIRST_PURPOSE + 7;
    private static final long VENUE_OFFSET_MILLIONTHS = 150;
    private static final int CRYPTO_SIZE_SCALE = 8;

    enum Type {
        T,
        Q,
        B
    }

    /** A trade print: what {@code lp} and {@code ls} say. */
    record Print(long price, long size) {}

    /** Both sides of the market: what {@code bp}, {@code bs}, {@code ap} and {@code as} say. */
    record Top(long bid, long bidSize, long ask, long askSize) {}

    /**
     * One event.
     *
     * @param venue which of the two exchanges of a crypto pair, else 0
     * @param print the trade, the broken trade, or before a quote the last trade
     */
    record Event(Type type, long nanos, int venue, Print print, Top top) {}

    private final PriceWalk walk;
    private final long phase;

    Tape(PriceWalk walk) {
        this.walk = walk;
        this.phase = walk.chance(PHASE, 0);
    }

    FmpTicker ticker() {
        return walk.ticker();
    }

    int sizeScale() {
        return ticker().asset() == FmpAsset.CRYPTO ? CRYPTO_SIZE_SCALE : 0;
    }

    /** The number of the last event at or before this time. */
    long lastEvent(long micros, long intervalMicros) {
        return Math.floorDiv(micros - offset(intervalMicros), intervalMicros);
    }

    long timeOf(long event, long intervalMicros) {
        return event * intervalMicros + offset(intervalMicros);
    }

    private long offset(long intervalMicros) {
        return Hash.below(phase, intervalMicros);
    }

    /** Event {@code n}; about one of {@code breakEvery} trades is followed by its cancellation, none if 0. */
    Event event(long n, long intervalMicros, int breakEvery) {
        return eventAt(n, timeOf(n, intervalMicros), intervalMicros, breakEvery);
    }

    /** Event {@code n} as if it happened at this time, and the trade before it so much earlier. */
    Event eventAt(long n, long micros, long sinceTradeMicros, int breakEvery) {
        long nanos = micros * 1_000 + Hash.below(walk.chance(NANOS, n), 1_000);
        Type type = type(n, breakEvery);
        long trade = type == Type.T ? n : n - 1;
        long tradeMicros = type == Type.T ? micros : micros - sinceTradeMicros;
        int venue = venue(trade);
        return new Event(type, nanos, venue, print(trade, tradeMicros, venue), top(n, micros, venue));
    }

    private Type type(long n, int breakEvery) {
        if (ticker().asset() == FmpAsset.FOREX) {
            return Type.Q;
        }
        if ((n & 1) == 1) {
            return Type.T;
        }
        boolean broken = breakEvery > 0 && Hash.below(walk.chance(BREAK, n), breakEvery) == 0;
        return broken ? Type.B : Type.Q;
    }

    /** A trade and the quote or cancellation after it come from the same exchange. */
    private int venue(long trade) {
        return ticker().asset() == FmpAsset.CRYPTO ? (int) ((trade >> 1) & 1) : 0;
    }

    private Print print(long n, long micros, int venue) {
        Top top = top(n, micros, venue);
        boolean lifted = (walk.chance(SIDE, n) & 1) == 0;
        return new Print(lifted ? top.ask() : top.bid(), tradeSize(n));
    }

    private Top top(long n, long micros, int venue) {
        long price = walk.priceAt(Math.floorDiv(micros, SECOND_MICROS), n);
        long shifted = price + venue * Math.max(1, price * VENUE_OFFSET_MILLIONTHS / SECOND_MICROS);
        long spread = 1 + price / 40_000 + Hash.below(walk.chance(SPREAD, n), 2);
        long bid = Math.max(1, shifted - spread / 2);
        return new Top(bid, topSize(n, SIZE), bid + spread, topSize(n, ASK_SIZE));
    }

    private long tradeSize(long n) {
        return switch (ticker().asset()) {
            case STOCK -> 1 + Hash.below(walk.chance(SIZE, n), 400);
            case CRYPTO -> coins(n, SIZE);
            case FOREX -> 0;
        };
    }

    private long topSize(long n, long purpose) {
        return switch (ticker().asset()) {
            case STOCK -> 100 * (1 + Hash.below(walk.chance(purpose, n), 20));
            case CRYPTO -> coins(n, purpose);
            case FOREX -> 100_000 * (1 + Hash.below(walk.chance(purpose, n), 50));
        };
    }

    /** From a few hundred-millionths of a coin to some coins: the dust is what readers stumble over. */
    private long coins(long n, long purpose) {
        long bound = 10_000;
        for (long steps = Hash.below(walk.chance(MAGNITUDE, n), 5); steps > 0; steps--) {
            bound *= 10;
        }
        return 1 + Hash.below(walk.chance(purpose, n), bound);
    }
}
