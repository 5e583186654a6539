package io.tickmesh.sim;

/** What books, best quotes and after-hours quotes carry. */
final class KiwoomBookValues {
    private static final int LEVELS = 10;
    private static final long BEYOND = 12_345;

    private KiwoomBookValues() {}

    /** One level of one side; level 1 is the best. */
    record Level(long price, long size, long change) {
        static final Level ABSENT = new Level(0, 0, 0);
    }

    /** The sums of a side, which reach beyond its ten levels. */
    record Total(long size, long change) {}

    static Level level(KiwoomState state, boolean ask, int level) {
        if (level > state.tape().levels(state.event())) {
            return Level.ABSENT;
        }
        long best = ask ? state.prices().ask() : state.prices().bid();
        long step = KiwoomItem.tickOf(state.prices().bid()) * (level - 1);
        int row = ask ? level : LEVELS + level;
        long size = state.tape().levelSize(state.event(), row);
        long before = state.tape().levelSize(state.event() - 2, row);
        return new Level(Math.max(1, ask ? best + step : best - step), size, size - before);
    }

    static Total total(KiwoomState state, boolean ask) {
        long size = BEYOND;
        long change = 0;
        for (int level = 1; level <= LEVELS; level++) {
            Level each = level(state, ask, level);
            size += each.size();
            change += each.change();
        }
        return new Total(size, change);
    }

    static KiwoomValues best(KiwoomState state) {
        return new KiwoomValues()
                .put(27, state.price(state.prices().ask()))
                .put(28, state.price(state.prices().bid()));
    }

    static KiwoomValues afterHours(KiwoomState state, String time) {
        Total asks = total(state, true);
        Total bids = total(state, false);
        return new KiwoomValues()
                .put(21, time)
                .put(131, asks.size())
                .put(132, KiwoomState.signed(asks.change()))
                .put(135, bids.size())
                .put(136, KiwoomState.signed(bids.change()));
    }

    static KiwoomValues book(KiwoomState state, String time) {
        KiwoomValues out = new KiwoomValues().put(21, time);
        putSide(out, state, true, 40);
        putSide(out, state, false, 50);
        putTotals(out, state);
        putExpected(out, state);
        putVenues(out, state);
        return out.putRange(621, 640, "0")
                .put(13, state.amounts().volume())
                .put(299, "0.00")
                .putAll("0", 215, 216);
    }

    /** Prices from {@code first + 1} on, sizes 20 above, changes 40 above. */
    private static void putSide(KiwoomValues out, KiwoomState state, boolean ask, int first) {
        for (int level = 1; level <= LEVELS; level++) {
            Level each = level(state, ask, level);
            out.put(first + level, each.price() == 0 ? "0" : state.price(each.price()))
                    .put(first + 20 + level, each.size())
                    .put(first + 40 + level, KiwoomState.signed(each.change()));
        }
    }

    private static void putTotals(KiwoomValues out, KiwoomState state) {
        Total asks = total(state, true);
        Total bids = total(state, false);
        long net = bids.size() - asks.size();
        out.put(121, asks.size())
                .put(122, KiwoomState.signed(asks.change()))
                .put(125, bids.size())
                .put(126, KiwoomState.signed(bids.change()))
                .put(128, KiwoomState.signed(net))
                .put(129, KiwoomState.plainPercent(bids.size() * 10_000 / asks.size()))
                .put(138, KiwoomState.signed(-net))
                .put(139, KiwoomState.plainPercent(asks.size() * 10_000 / bids.size()));
    }

    private static void putExpected(KiwoomValues out, KiwoomState state) {
        String price = state.price(state.prices().last());
        String change = KiwoomState.signed(state.change());
        long quantity = Math.abs(state.amounts().size());
        out.put(23, price)
                .put(24, quantity)
                .put(200, change)
                .put(201, state.rate())
                .put(238, state.direction())
                .put(291, price)
                .put(292, quantity)
                .put(293, state.direction())
                .put(294, change)
                .put(295, state.rate());
    }

    /** The parts of both venues, which only a registration of both together shows. */
    private static void putVenues(KiwoomValues out, KiwoomState state) {
        boolean both = state.item().venue() == KiwoomItem.Venue.AL;
        for (int level = 1; level <= LEVELS; level++) {
            putParts(out, both ? level(state, true, level).size() : 0, 6043 + level, 6065 + level);
            putParts(out, both ? level(state, false, level).size() : 0, 6053 + level, 6075 + level);
        }
        putParts(out, both ? total(state, true).size() : 0, 6064, 6086);
        putParts(out, both ? total(state, false).size() : 0, 6065, 6087);
        out.putRange(6100, 6115, "0");
    }

    private static void putParts(KiwoomValues out, long whole, int krx, int nxt) {
        long ofNxt = whole / 3;
        out.put(krx, whole - ofNxt).put(nxt, ofNxt);
    }
}
