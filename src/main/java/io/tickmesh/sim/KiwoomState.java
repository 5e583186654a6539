package io.tickmesh.sim;

/**
 * What an event left behind, and how the provider writes its numbers.
 *
 * @param base the previous close, which signs of prices refer to
 */
record KiwoomState(KiwoomTape tape, long event, long second, long base, Prices prices, Amounts amounts) {
    private static final long MILLION = 1_000_000;

    record Prices(long last, long ask, long bid, long open, long high, long low) {}

    /**
     * How much.
     *
     * @param size of the last trade, negative if it was sold
     * @param volume of the day
     * @param previousVolume of the day before at this time
     */
    record Amounts(long size, long volume, long previousVolume) {}

    KiwoomItem item() {
        return tape.item();
    }

    /** A price with its direction against the base; an unchanged one is bare or padded, as it happens. */
    String price(long price) {
        if (price == base) {
            return (tape.look(event, 2) & 1) == 0 ? Long.toString(price) : " " + price;
        }
        return (price > base ? "+" : "-") + price;
    }

    long change() {
        return prices.last() - base;
    }

    String rate() {
        return percent(change() * 10_000 / base);
    }

    /** 1 limit-up to 5 down; the limits are out of this market's reach. */
    String direction() {
        if (change() == 0) {
            return "3";
        }
        return change() > 0 ? "2" : "5";
    }

    long millions() {
        return amounts.volume() * base / MILLION;
    }

    /** A number whose sign means a sign. */
    static String signed(long value) {
        return value > 0 ? "+" + value : Long.toString(value);
    }

    /** Hundredths with a sign. */
    static String percent(long hundredths) {
        return (hundredths > 0 ? "+" : "") + plainPercent(hundredths);
    }

    static String plainPercent(long hundredths) {
        long absolute = Math.abs(hundredths);
        long cents = absolute % 100;
        return (hundredths < 0 ? "-" : "") + absolute / 100 + (cents < 10 ? ".0" : ".") + cents;
    }
}
