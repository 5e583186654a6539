package io.tickmesh.sim;

/** What trades, quotes without a trade and expected matches carry. */
final class KiwoomTradeValues {
    private static final long HUNDRED_MILLION = 100_000_000;
    private static final int[] MOSTLY_EMPTY = {
        851, 1890, 1891, 1892, 1030, 1031, 1032, 1071, 1072, 1313, 1315, 1316, 1314, 1497, 1498, 620, 732, 852
    };

    private KiwoomTradeValues() {}

    static KiwoomValues trade(KiwoomState state, String time, String session) {
        KiwoomValues out = new KiwoomValues().put(20, time);
        putMarket(out, state);
        return out.put(15, KiwoomState.signed(state.amounts().size()))
                .put(
                        228,
                        KiwoomState.plainPercent(8_000 + Hash.below(state.tape().look(state.event(), 3), 5_000)))
                .put(290, session)
                .put(691, "0")
                .putAll("", MOSTLY_EMPTY)
                .put(9081, venue(state));
    }

    static KiwoomValues quote(KiwoomState state) {
        KiwoomValues out = new KiwoomValues();
        putMarket(out, state);
        return out;
    }

    static KiwoomValues expected(KiwoomState state, String time) {
        return new KiwoomValues()
                .put(20, time)
                .put(10, state.price(state.prices().last()))
                .put(11, KiwoomState.signed(state.change()))
                .put(12, state.rate())
                .put(15, KiwoomState.signed(state.amounts().size()))
                .put(13, state.amounts().volume())
                .put(25, state.direction());
    }

    /** What a trade and a quote without a trade share. */
    private static void putMarket(KiwoomValues out, KiwoomState state) {
        KiwoomState.Prices prices = state.prices();
        long volume = state.amounts().volume();
        long previous = state.amounts().previousVolume();
        long shares = state.item().shares();
        out.put(10, state.price(prices.last()))
                .put(11, KiwoomState.signed(state.change()))
                .put(12, state.rate())
                .put(27, state.price(prices.ask()))
                .put(28, state.price(prices.bid()))
                .put(13, volume)
                .put(14, state.millions())
                .put(16, state.price(prices.open()))
                .put(17, state.price(prices.high()))
                .put(18, state.price(prices.low()))
                .put(25, state.direction())
                .put(26, KiwoomState.signed(volume - previous))
                .put(29, KiwoomState.signed((volume - previous) * state.base()))
                .put(30, KiwoomState.percent((volume - previous) * 10_000 / Math.max(1, previous)))
                .put(31, KiwoomState.plainPercent(volume * 10_000 / shares))
                .put(32, "70")
                .put(311, shares * prices.last() / HUNDRED_MILLION)
                .putAll("000000", 567, 568);
    }

    /** 1 is KRX and 2 is NXT; a trade of both venues together happened on one of them. */
    private static String venue(KiwoomState state) {
        return switch (state.item().venue()) {
            case KRX -> "1";
            case NX -> "2";
            case AL -> (state.tape().look(state.event(), 4) & 1) == 0 ? "1" : "2";
        };
    }
}
