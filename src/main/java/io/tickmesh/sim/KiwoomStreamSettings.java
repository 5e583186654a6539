package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/**
 * What the socket is fed with.
 *
 * @param seed of the price walks
 * @param ticksPerSecond per registered symbol, trades and books in turn
 * @param slowMs between two events of the types that are neither trade nor book
 * @param market when there is data
 * @param extraSymbols generated symbols beside the listed ones
 * @param multiPercent of the frames wait for two to five entries
 * @param extraFields entries carry FIDs, and frames keys, that nobody knows
 * @param delayMs how late data frames are sent
 * @param clockOffsetMs how far the provider's clock is off
 */
public record KiwoomStreamSettings(
        long seed,
        double ticksPerSecond,
        int slowMs,
        Market market,
        int extraSymbols,
        int multiPercent,
        boolean extraFields,
        int delayMs,
        long clockOffsetMs) {

    /** When there is data. */
    public enum Market {
        OPEN,
        CLOSED,
        /** As the exchanges keep their hours, Monday to Friday. */
        CLOCK
    }

    static final KiwoomStreamSettings DEFAULTS = new KiwoomStreamSettings(1, 4, 5_000, Market.OPEN, 0, 10, false, 0, 0);

    private static final long DAY_MS = 86_400_000;

    KiwoomStreamSettings patched(Fields in) {
        return new KiwoomStreamSettings(
                in.whole("seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
                in.decimal("ticks_per_second", ticksPerSecond, 0, 10_000),
                in.integer("slow_ms", slowMs, 10, Integer.MAX_VALUE),
                in.choice("market", market),
                in.integer("extra_symbols", extraSymbols, 0, 10_000),
                in.integer("multi_percent", multiPercent, 0, 100),
                in.flag("extra_fields", extraFields),
                in.integer("delay_ms", delayMs, 0, 600_000),
                in.whole("clock_offset_ms", clockOffsetMs, -366 * DAY_MS, 366 * DAY_MS));
    }

    void putInto(JsonObject out) {
        out.put("seed", seed)
                .put("ticks_per_second", ticksPerSecond)
                .put("slow_ms", slowMs)
                .put("market", Fields.nameOf(market))
                .put("extra_symbols", extraSymbols)
                .put("multi_percent", multiPercent)
                .put("extra_fields", extraFields)
                .put("delay_ms", delayMs)
                .put("clock_offset_ms", clockOffsetMs);
    }
}
