package io.tickmesh.sim;

/**
 * The price of one instrument as a pure function of seed, symbol and wall second, so that two processes agree.
 *
 * <p>Smoothed noise of four periods around the base price: it always comes back, stays within a few per cent, and moves
 * far less than 1 % in a second (but at least one tick, where a tick is coarse).
 */
final class PriceWalk {
    private static final long[] PERIODS = {3_600, 600, 60, 8};
    /** Per period, in millionths of the price. */
    private static final long[] AMPLITUDES = {20_000, 6_000, 1_500, 400};

    private static final long MILLION = 1_000_000;
    private static final long SECOND_AMPLITUDE = 100;
    private static final long EVENT_AMPLITUDE = 60;

    private final long seed;
    private final FmpTicker ticker;
    private final long liveliness;

    PriceWalk(long seed, FmpTicker ticker) {
        this.seed = Hash.mix(seed, Hash.of(ticker.symbol()));
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
        return Hash.mix(Hash.mix(seed, purpose), index);
    }

    /** The price at a wall second, in the ticker's units. */
    long priceAt(long second) {
        return scaled(deviation(second));
    }

    /** The price at an event within a wall second; a little off that second's price. */
    long priceAt(long second, long event) {
        return scaled(deviation(second) + noise(EVENT_AMPLITUDE, PERIODS.length + 1, event));
    }

    private long scaled(long millionths) {
        return Math.max(2, ticker.base() + ticker.base() * (millionths * liveliness / 100) / MILLION);
    }

    private long deviation(long second) {
        long sum = noise(SECOND_AMPLITUDE, PERIODS.length, second);
        for (int i = 0; i < PERIODS.length; i++) {
            sum += smooth(i, second);
        }
        return sum;
    }

    private long smooth(int octave, long second) {
        long period = PERIODS[octave];
        long cell = Math.floorDiv(second, period);
        long within = Math.floorMod(second, period);
        long from = noise(AMPLITUDES[octave], octave, cell);
        long to = noise(AMPLITUDES[octave], octave, cell + 1);
        return from + (to - from) * within / period;
    }

    private long noise(long amplitude, long purpose, long index) {
        return Hash.below(chance(purpose, index), 2 * amplitude + 1) - amplitude;
    }
}
