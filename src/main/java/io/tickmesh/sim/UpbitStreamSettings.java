package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/**
 * What the sockets and REST are fed with.
 *
 * @param seed of the price walks
 * @param ticksPerSecond per market; each is a trade, and a frame of every stream of that market
 * @param extraSymbols markets {@code KRW-S0001} and on that exist beside the known ones
 * @param market whether there is trade; by the clock there always is
 * @param numbers how numbers are written
 * @param thinEvery about one of so many books is thin: price 0 on one side; 0 for none
 * @param totals what the total sizes of a book cover
 * @param listBatch events that one frame of the list formats holds when several are due
 * @param binaryFrames data comes in binary frames instead of text
 * @param delayMs data is held back so long
 * @param clockOffsetMs all times shown are so much off
 * @param extraFields data has a field that nobody announced
 * @param missingFields what data may lack is absent
 */
public record UpbitStreamSettings(
        long seed,
        double ticksPerSecond,
        int extraSymbols,
        Market market,
        UpbitNumbers numbers,
        int thinEvery,
        Totals totals,
        int listBatch,
        boolean binaryFrames,
        int delayMs,
        long clockOffsetMs,
        boolean extraFields,
        boolean missingFields) {
    private static final long MOST_OFFSET_MS = 366L * 86_400_000;

    /** Whether there is trade. */
    public enum Market {
        OPEN,
        /** Snapshots only; prices stand still. */
        CLOSED,
        CLOCK
    }

    /** The levels that the total sizes of an order book cover. */
    public enum Totals {
        /** All 30, whatever was asked for. */
        BOOK,
        DELIVERED
    }

    static final UpbitStreamSettings DEFAULTS = new UpbitStreamSettings(
            1, 4, 0, Market.OPEN, UpbitNumbers.MIXED, 100, Totals.BOOK, 1, true, 0, 0, false, false);

    UpbitStreamSettings patched(Fields in) {
        return new UpbitStreamSettings(
                in.whole("seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
                in.decimal("ticks_per_second", ticksPerSecond, 0, 10_000),
                in.integer("extra_symbols", extraSymbols, 0, 3_900),
                in.choice("market", market),
                in.choice("numbers", numbers),
                in.integer("thin_every", thinEvery, 0, Integer.MAX_VALUE),
                in.choice("totals", totals),
                in.integer("list_batch", listBatch, 1, 1_000),
                in.flag("binary_frames", binaryFrames),
                in.integer("delay_ms", delayMs, 0, 3_600_000),
                in.whole("clock_offset_ms", clockOffsetMs, -MOST_OFFSET_MS, MOST_OFFSET_MS),
                in.flag("extra_fields", extraFields),
                in.flag("missing_fields", missingFields));
    }

    void putInto(JsonObject out) {
        out.put("seed", seed)
                .put("ticks_per_second", ticksPerSecond)
                .put("extra_symbols", extraSymbols)
                .put("market", Fields.nameOf(market))
                .put("numbers", Fields.nameOf(numbers))
                .put("thin_every", thinEvery)
                .put("totals", Fields.nameOf(totals))
                .put("list_batch", listBatch)
                .put("binary_frames", binaryFrames)
                .put("delay_ms", delayMs)
                .put("clock_offset_ms", clockOffsetMs)
                .put("extra_fields", extraFields)
                .put("missing_fields", missingFields);
    }
}
