package io.tickmesh.sim;

/**
 * Everything that happens to one item: odd events are trades, even ones leave a book behind. Prices, sizes and the
 * cumulative volume are functions of seed, code and event; only the day's high and low remember.
 */
final class KiwoomTape {
    private static final long SECOND_MICROS = 1_000_000;
    private static final long FIRST_PURPOSE = 100;
    private static final long SIDE = FIRST_PURPOSE;
    private static final long VOLUME = FIRST_PURPOSE + 1;
    private static final long PHASE = FIRST_PURPOSE + 2;
    private static final long LEVEL = FIRST_PURPOSE + 3;
    private static final long LOOK = FIRST_PURPOSE + 4;
    private static final long LEVEL_STRIDE = 32;
    /** Of an item, at whatever rate its events come. */
    private static final long SHARES_PER_SECOND = 1_000;

    private static final long RANGE_STEP = 300;
    private static final long MILLION = 1_000_000;

    private final KiwoomItem item;
    private final Drift prices;
    private final Drift events;
    private final long phase;
    private long rangeDay = Long.MIN_VALUE;
    private long high;
    private long low;
    private long surplusDay = Long.MIN_VALUE;
    private long surplus;

    KiwoomTape(long seed, KiwoomItem item) {
        this.item = item;
        this.prices = new Drift(Hash.mix(seed, Hash.of(item.stock())));
        this.events = new Drift(Hash.mix(seed, Hash.of(item.code())));
        this.phase = events.chance(PHASE, 0);
    }

    KiwoomItem item() {
        return item;
    }

    /** The number of the last event at or before this time. */
    long lastEvent(long micros, long intervalMicros) {
        return Math.floorDiv(micros - Hash.below(phase, intervalMicros), intervalMicros);
    }

    static boolean isTrade(long event) {
        return (event & 1) == 1;
    }

    /** What one event left behind. */
    KiwoomState at(long event, long intervalMicros) {
        return at(event, event * intervalMicros + Hash.below(phase, intervalMicros), intervalMicros);
    }

    /** Event {@code n} as if it happened at this time. */
    KiwoomState at(long event, long micros, long intervalMicros) {
        long second = Math.floorDiv(micros, SECOND_MICROS);
        long midnight = KiwoomTime.midnight(second);
        long base = priceAt(midnight - 1);
        long bid = KiwoomItem.rounded(scaled(prices.at(second) + (events.at(second, event) - events.at(second))));
        long ask = bid + KiwoomItem.tickOf(bid);
        long trade = isTrade(event) ? event : event - 1;
        boolean bought = (events.chance(SIDE, trade) & 1) == 0;
        long price = bought ? ask : bid;
        remember(midnight, second, price);
        long number = (trade - lastEvent(midnight * SECOND_MICROS, intervalMicros)) / 2;
        long extra = surplusDay == midnight ? surplus : 0;
        long mean = meanSize(intervalMicros);
        long volume = volume(midnight, number, mean);
        long size = Math.max(1, volume - volume(midnight, number - 1, mean));
        return new KiwoomState(
                this,
                event,
                second,
                base,
                new KiwoomState.Prices(price, ask, bid, priceAt(midnight), high, low),
                new KiwoomState.Amounts(
                        bought ? size : -size, volume + extra, volume(midnight - 1, number * 9 / 10, mean)));
    }

    /** One more trade, right behind this event; the volume of all later ones includes it. */
    KiwoomState extra(long event, long intervalMicros) {
        KiwoomState state = at(event, intervalMicros);
        long midnight = KiwoomTime.midnight(state.second());
        if (surplusDay != midnight) {
            surplusDay = midnight;
            surplus = 0;
        }
        long size = 1 + Hash.below(events.chance(VOLUME, ~surplus), meanSize(intervalMicros));
        surplus += size;
        KiwoomState.Amounts amounts = state.amounts();
        return new KiwoomState(
                this,
                event,
                state.second(),
                state.base(),
                state.prices(),
                new KiwoomState.Amounts(
                        amounts.size() > 0 ? size : -size, amounts.volume() + size, amounts.previousVolume()));
    }

    long priceAt(long second) {
        return KiwoomItem.rounded(scaled(prices.at(second)));
    }

    private long scaled(long millionths) {
        return item.base() + item.base() * millionths / MILLION;
    }

    private static long meanSize(long intervalMicros) {
        return Math.max(2, 2 * intervalMicros * SHARES_PER_SECOND / SECOND_MICROS);
    }

    /** Shares traded on a day up to its trade of this number; grows by at least one with each. */
    private long volume(long day, long number, long mean) {
        long count = Math.max(0, number) + 1;
        return mean * count + Hash.below(events.chance(VOLUME, Hash.mix(day, count)), mean);
    }

    private void remember(long midnight, long second, long price) {
        if (rangeDay != midnight) {
            rangeDay = midnight;
            high = priceAt(midnight);
            low = high;
            for (long at = midnight; at < second; at += RANGE_STEP) {
                extend(priceAt(at));
            }
        }
        extend(price);
    }

    private void extend(long price) {
        high = Math.max(high, price);
        low = Math.min(low, price);
    }

    /** Size of a level of the book, 1..10 on the ask side, 11..20 on the bid side. */
    long levelSize(long event, int level) {
        return 10 + Hash.below(events.chance(LEVEL, event * LEVEL_STRIDE + level), 50_000);
    }

    /** A number that decides how an event looks, not what it says. */
    long look(long event, long aspect) {
        return events.chance(LOOK + aspect, event);
    }

    /** About one of ten books ends early. */
    int levels(long event) {
        return Hash.below(look(event, 1), 10) == 0 ? 7 : 10;
    }
}
