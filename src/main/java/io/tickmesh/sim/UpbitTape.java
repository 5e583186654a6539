package io.tickmesh.sim;

/**
 * Everything that happens in one market. Each event is a trade and a new order book; all of event {@code k} of a day is
 * a pure function of seed, market, day and {@code k}, sums since midnight included: a day's volume grows evenly but
 * for a jitter, and what a trade has is the growth at its place.
 */
final class UpbitTape {
    static final long DAY_MS = 86_400_000;

    private static final long DAY_MICROS = DAY_MS * 1_000;
    private static final long PHASE = 200;
    private static final long SIDE = 201;
    private static final long SPREAD = 202;
    private static final long DUST = 203;
    private static final long JITTER_ASK = 204;
    private static final long JITTER_BID = 205;
    private static final long SWAP = 206;
    private static final long LAG = 207;
    private static final int SWAP_EVERY = 50;
    private static final int DUST_EVERY = 8;
    private static final long MOST_LAG_MS = 30;
    private static final long DAYS_OF_IDS = 1_000_000_000_000L;
    private static final long MARKETS_OF_IDS = 1_000;

    /**
     * One event.
     *
     * @param ordinal within its day, from 0
     * @param time when the exchange told it, epoch milliseconds
     * @param tradedAt a little before, but on the same day
     * @param buyer the taker bought
     * @param soldToday since midnight by takers who sold, this event included; so is {@code boughtToday}
     * @param volume24h this event included
     */
    record Event(
            long day,
            long ordinal,
            long time,
            long tradedAt,
            long price,
            long volume,
            boolean buyer,
            long bestBid,
            long bestAsk,
            long soldToday,
            long boughtToday,
            long volume24h,
            long id) {
        long key() {
            return day << 32 | ordinal;
        }

        long volumeToday() {
            return soldToday + boughtToday;
        }
    }

    private final UpbitMarket market;
    private final PriceWalk walk;
    private final long interval;
    private final long offset;
    private final long mean;

    UpbitTape(UpbitMarket market, long seed, double eventsPerSecond) {
        this.market = market;
        this.walk = new PriceWalk(seed, new FmpTicker(market.code(), FmpAsset.CRYPTO, market.base(), market.scale()));
        this.interval = eventsPerSecond <= 0 ? 1_000_000 : Math.max(1, Math.round(1_000_000 / eventsPerSecond));
        this.offset = Hash.below(walk.chance(PHASE, 0), interval);
        this.mean = Math.max(2, market.dailyVolume() / Math.max(1, DAY_MICROS / interval));
    }

    UpbitMarket market() {
        return market;
    }

    /** What one trade has on average. */
    long meanVolume() {
        return mean;
    }

    long chance(long purpose, long index) {
        return walk.chance(purpose, index);
    }

    long priceAtSecond(long second) {
        return walk.priceAt(second);
    }

    /** The number of the last event by this time, over all days. */
    long lastEvent(long now) {
        return Math.floorDiv(now * 1_000 - offset, interval);
    }

    /** The number of the first event of the day that a time is in. */
    long firstOfDay(long now) {
        long midnight = now - Math.floorMod(now, DAY_MS);
        return Math.floorDiv(midnight * 1_000 - 1 - offset, interval) + 1;
    }

    long timeOf(long number) {
        return Math.floorDiv(number * interval + offset, 1_000);
    }

    /** Event {@code number}, as if {@code ahead} more had happened before it on its day. */
    Event event(long number, long ahead) {
        return eventAt(timeOf(number), number, ahead);
    }

    /** Event {@code number} as if it happened at this time. */
    Event eventAt(long time, long number, long ahead) {
        long day = Math.floorDiv(time, DAY_MS);
        long scheduled = Math.max(0, number - firstOfDay(time));
        long ordinal = scheduled + ahead;
        long key = day << 32 | ordinal;
        long mid = walk.priceAt(Math.floorDiv(time, 1_000), key);
        long bid = Math.max(1, mid - Hash.below(walk.chance(SPREAD, key), 2));
        long ask = bid + 1 + Hash.below(walk.chance(SPREAD, key) >>> 8, 3);
        boolean buyer = isBuyer(day, ordinal);
        long sold = sumOf(false, day, ordinal);
        long bought = sumOf(true, day, ordinal);
        long before = ordinal == 0 ? 0 : sumOf(false, day, ordinal - 1) + sumOf(true, day, ordinal - 1);
        long lag = Hash.below(walk.chance(LAG, key), MOST_LAG_MS);
        return new Event(
                day,
                ordinal,
                time,
                Math.max(day * DAY_MS, time - lag),
                buyer ? ask : bid,
                sold + bought - before,
                buyer,
                bid,
                ask,
                sold,
                bought,
                sold + bought + restOfYesterday(time, day, scheduled),
                id(day, ordinal));
    }

    private long restOfYesterday(long time, long day, long scheduled) {
        long count = firstOfDay(time) - firstOfDay(time - DAY_MS);
        long passed = Math.min(scheduled, count - 1);
        return sumOf(false, day - 1, count - 1)
                + sumOf(true, day - 1, count - 1)
                - sumOf(false, day - 1, passed)
                - sumOf(true, day - 1, passed);
    }

    /** The volume of a day up to an event, that event included. */
    long volumeUpTo(long day, long ordinal) {
        return ordinal < 0 ? 0 : sumOf(false, day, ordinal) + sumOf(true, day, ordinal);
    }

    /** Of each two events one buys and one sells. */
    private boolean isBuyer(long day, long ordinal) {
        boolean buyerFirst = (walk.chance(SIDE, day << 32 | ordinal >> 1) & 1) == 0;
        return ((ordinal & 1) == 0) == buyerFirst;
    }

    private long sumOf(boolean buyers, long day, long ordinal) {
        long pairs = ordinal >> 1;
        boolean counted = (ordinal & 1) == 1 || isBuyer(day, ordinal) == buyers;
        long trades = pairs + (counted ? 1 : 0);
        return mean * trades + (trades == 0 ? 0 : jitter(buyers, day, trades));
    }

    /** Less than the mean; now and then as much as there can be, so that the next trade may be dust. */
    private long jitter(boolean buyers, long day, long trades) {
        long key = day << 32 | trades;
        long extreme = Hash.below(walk.chance(buyers ? DUST : -DUST, key), DUST_EVERY);
        if (extreme == 0) {
            return mean - 1;
        }
        return extreme == 1 ? 0 : Hash.below(walk.chance(buyers ? JITTER_BID : JITTER_ASK, key), mean);
    }

    /** Unique in its market; now and then two neighbours have theirs the wrong way round. */
    private long id(long day, long ordinal) {
        boolean swapped = Hash.below(walk.chance(SWAP, day << 32 | ordinal >> 1), SWAP_EVERY) == 0;
        return day * DAYS_OF_IDS + (swapped ? ordinal ^ 1 : ordinal) * MARKETS_OF_IDS + market.index() % MARKETS_OF_IDS;
    }

    static long dayOf(long id) {
        return id / DAYS_OF_IDS;
    }

    static long ordinalOf(long id) {
        return id % DAYS_OF_IDS / MARKETS_OF_IDS;
    }
}
