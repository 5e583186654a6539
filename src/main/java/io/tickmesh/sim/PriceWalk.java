package io.tickmesh.sim;

/**
 * The price of one instrument as a pure function of seed, symbol and wall second, so that two processes agree.
 *
 * <p>It follows a {@link Drift} around the base price (but moves by at least one tick, where a tick is coarse).
 */
final class PriceWalk {
    private static final long MILLION = 1_000_000;

    private final Drift drift;
    private final FmpTicker ticker;
    private final long liveliness;

    PriceWalk(long seed, FmpTicker ticker) {
        this.drift = new Drift(Hash.mix(seed, Hash.of(ticker.symbol())));
        this.ticker = ticker;
        this.liveliness = switch (ticker.asset()) {
            case STOCK -> 100;
            case CRYPTO -> 150;
            case FOREX -> 25;
        };
    }

    FmpTicker ticker() {
        return ticker;
    }

    /** A number that belongs to this instrument and these two values alone. */
    long chance(long purpose, long index) {
        return drift.chance(purpose, index);
    }

    /** The price at a wall second, in the ticker's units. */
    long priceAt(long second) {
        return scaled(drift.at(second));
    }

    /** The price at an event within a wall second; a little off that second's price. */
    long priceAt(long second, long event) {
        return scaled(drift.at(second, event));
    }

    private long scaled(long millionths) {
        return Math.max(2, ticker.base() + ticker.base() * (millionths * liveliness / 100) / MILLION);
    }
}
