package io.tickmesh.sim;

/**
 * Smoothed noise of four periods as a pure function of a seed and the wall second, in millionths of a price: it always
 * comes back, stays within a few per cent, and moves far less than 1 % in a second.
 */
final class Drift {
    private static final long[] PERIODS = {3_600, 600, 60, 8};
    /** Per period, in millionths of the price. */
    private static final long[] AMPLITUDES = {20_000, 6_000, 1_500, 400};

    private static final long SECOND_AMPLITUDE = 100;
    private static final long EVENT_AMPLITUDE = 60;

    private final long seed;

    Drift(long seed) {
        this.seed = seed;
    }

    /** A number that belongs to this seed and these two values alone. */
    long chance(long purpose, long index) {
        return Hash.mix(Hash.mix(seed, purpose), index);
    }

    long at(long second) {
        long sum = noise(SECOND_AMPLITUDE, PERIODS.length, second);
        for (int i = 0; i < PERIODS.length; i++) {
            sum += smooth(i, second);
        }
        return sum;
    }

    /** At an event within a wall second; a little off that second's value. */
    long at(long second, long event) {
        return at(second) + noise(EVENT_AMPLITUDE, PERIODS.length + 1, event);
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
