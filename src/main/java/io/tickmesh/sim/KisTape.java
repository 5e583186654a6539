package io.tickmesh.sim;

/** Everything that happens to one instrument; event {@code n} is a pure function of seed, symbol and {@code n}. */
final class KisTape {
    private static final long SECOND_MICROS = 1_000_000;
    private static final long DAY_MICROS = 86_400 * SECOND_MICROS;
    /** Korea has kept its distance to UTC since 1988. */
    private static final long KOREA_MICROS = 9 * 3_600 * SECOND_MICROS;

    private static final long SIZE = 200;
    private static final long SIDE = 201;
    private static final long MID = 202;
    private static final long PHASE = 203;
    private static final long CUT = 204;
    private static final long LEVEL = 300;
    private static final long VOLUME_STEP = 100;
    private static final long RANGE_PERCENT = 4;

    /**
     * One trade and the best prices around it.
     *
     * @param count trades of the day up to this one
     * @param volume of the day
     */
    record Trade(
            long n, long millis, long price, long ask, long bid, boolean bought, long size, long count, long volume) {}

    private final KisStock stock;
    private final PriceWalk walk;
    private final int midPriceEvery;

    KisTape(KisStock stock, KisStreamSettings settings) {
        this.stock = stock;
        this.midPriceEvery = settings.midPriceEvery();
        this.walk = new PriceWalk(
                settings.seed(), new FmpTicker(stock.symbol(), FmpAsset.STOCK, stock.base(), stock.scale()));
    }

    KisStock stock() {
        return stock;
    }

    /** The number of the last event at or before this time. */
    long lastEvent(long micros, long intervalMicros) {
        return Math.floorDiv(micros - offset(intervalMicros), intervalMicros);
    }

    private long offset(long intervalMicros) {
        return Hash.below(walk.chance(PHASE, 0), intervalMicros);
    }

    /** Whether the frame that holds event {@code n} goes out with it; at most {@code usual} events share one. */
    boolean endsFrame(long n, int usual) {
        return Math.floorMod(n, (long) usual) == usual - 1 || Hash.below(walk.chance(CUT, n), 10) < 6;
    }

    long timeOf(long n, long intervalMicros) {
        return n * intervalMicros + offset(intervalMicros);
    }

    Trade trade(long n, long intervalMicros) {
        return tradeAt(n, timeOf(n, intervalMicros), intervalMicros);
    }

    /** Event {@code n} as if it happened at this time; volumes of the day grow with {@code n}. */
    Trade tradeAt(long n, long micros, long intervalMicros) {
        long price = walk.priceAt(Math.floorDiv(micros, SECOND_MICROS), n);
        long step = stock.scale() == 0 ? KisStock.tickAt(price) : 1;
        long bid = Math.max(step, price / step * step);
        long ask = bid + step;
        boolean bought = (walk.chance(SIDE, n) & 1) == 0;
        boolean mid = midPriceEvery > 0 && step > 1 && Hash.below(walk.chance(MID, n), midPriceEvery) == 0;
        long count = n - lastEvent(dayStart(micros), intervalMicros);
        long size = VOLUME_STEP + noise(n) - noise(n - 1);
        long volume = VOLUME_STEP * count + noise(n);
        return new Trade(
                n, micros / 1_000, mid ? (ask + bid) / 2 : bought ? ask : bid, ask, bid, bought, size, count, volume);
    }

    private long noise(long n) {
        return Hash.below(walk.chance(SIZE, n), VOLUME_STEP);
    }

    private static long dayStart(long micros) {
        return Math.floorDiv(micros + KOREA_MICROS, DAY_MICROS) * DAY_MICROS - KOREA_MICROS;
    }

    long open() {
        return onGrid(stock.base() + stock.base() / 500);
    }

    /** No price of the day is above; known from the start, so that a price needs no history. */
    long high() {
        return onGrid(stock.base() * (100 + RANGE_PERCENT) / 100);
    }

    long low() {
        return onGrid(stock.base() * (100 - RANGE_PERCENT) / 100);
    }

    private long onGrid(long price) {
        return stock.scale() == 0 ? KisStock.onGrid(price) : price;
    }

    /** The size that waits at a level of the book, asks first, bids from 10 on. */
    long waiting(long n, int level) {
        return 10 * (1 + Hash.below(walk.chance(LEVEL + level, n), 900));
    }

    long step(long price) {
        return stock.scale() == 0 ? KisStock.tickAt(price) : 1;
    }
}
