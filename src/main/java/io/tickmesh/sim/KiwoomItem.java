package io.tickmesh.sim;

/**
 * A stock on one of the venues.
 *
 * @param base what its price moves around, in won
 * @param shares issued
 */
record KiwoomItem(String stock, String title, long base, long shares, Venue venue) {
    /** Where it trades; {@link #AL} is both venues together. */
    enum Venue {
        KRX(""),
        NX("_NX"),
        AL("_AL");

        private final String suffix;

        Venue(String suffix) {
            this.suffix = suffix;
        }

        String suffix() {
            return suffix;
        }
    }

    String code() {
        return stock + venue.suffix();
    }

    KiwoomItem on(Venue other) {
        return new KiwoomItem(stock, title, base, shares, other);
    }

    /** The step of prices of this height. */
    static long tickOf(long price) {
        if (price < 2_000) {
            return 1;
        } else if (price < 5_000) {
            return 5;
        } else if (price < 20_000) {
            return 10;
        } else if (price < 50_000) {
            return 50;
        } else if (price < 200_000) {
            return 100;
        }
        return price < 500_000 ? 500 : 1_000;
    }

    static long rounded(long price) {
        long tick = tickOf(price);
        return Math.max(tick, price - price % tick);
    }
}
