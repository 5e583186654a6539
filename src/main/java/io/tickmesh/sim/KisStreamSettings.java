package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the socket is fed with.
 *
 * @param seed of the price walks
 * @param ticksPerSecond records per registration
 * @param market open at any hour, closed, or as the clock of the exchange says
 * @param width how many fields the records have
 * @param extraFields so many fields more at the end of every record
 * @param maxRecords in one frame
 * @param usualRecords in one frame outside a burst, at most
 * @param mixedFrames records of several symbols share a frame
 * @param midPriceEvery about one of so many trades is at the mid price, off the tick grid; 0 for none
 * @param signedChange the change of a falling price is negative
 * @param overseasLevels of the overseas book
 * @param symbols known beside the usual ones
 * @param extraSymbols so many generated symbols more, from 200000 in steps of ten
 * @param delayMs every data frame is held back so long
 * @param clockOffsetMs the provider's times are wrong by so much
 */
public record KisStreamSettings(
        long seed,
        double ticksPerSecond,
        Market market,
        Width width,
        int extraFields,
        int maxRecords,
        int usualRecords,
        boolean mixedFrames,
        int midPriceEvery,
        boolean signedChange,
        int overseasLevels,
        List<String> symbols,
        int extraSymbols,
        int delayMs,
        long clockOffsetMs) {

    /** When there is data. */
    public enum Market {
        OPEN,
        CLOSED,
        CLOCK
    }

    /** The widths of domestic records over time, and one that is still to come. */
    public enum Width {
        Y2025(46, 59),
        Y2026_07(46, 62),
        Y2026_09(47, 63),
        FUTURE(48, 64);

        final int trade;
        final int book;

        Width(int trade, int book) {
            this.trade = trade;
            this.book = book;
        }
    }

    private static final long HALF_DAY_MS = 43_200_000;

    static final KisStreamSettings DEFAULTS =
            new KisStreamSettings(1, 4, Market.OPEN, Width.Y2026_09, 0, 20, 6, false, 50, true, 10, List.of(), 0, 0, 0);

    public KisStreamSettings {
        symbols = List.copyOf(symbols);
        if (!symbols.stream().allMatch(each -> each.matches("[0-9A-Z]{6}|Q[0-9]{6}"))) {
            throw new IllegalArgumentException("'symbols' must be short codes of six characters but is " + symbols);
        }
    }

    KisStreamSettings patched(Fields in) {
        return new KisStreamSettings(
                in.whole("seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
                in.decimal("ticks_per_second", ticksPerSecond, 0, 10_000),
                in.choice("market", market),
                in.choice("width", width),
                in.integer("extra_fields", extraFields, 0, 100),
                in.integer("max_records", maxRecords, 1, 999),
                in.integer("usual_records", usualRecords, 1, 999),
                in.flag("mixed_frames", mixedFrames),
                in.integer("mid_price_every", midPriceEvery, 0, Integer.MAX_VALUE),
                in.flag("signed_change", signedChange),
                in.integer("overseas_levels", overseasLevels, 1, 10),
                in.texts("symbols", symbols),
                in.integer("extra_symbols", extraSymbols, 0, 10_000),
                in.integer("delay_ms", delayMs, 0, 600_000),
                in.whole("clock_offset_ms", clockOffsetMs, -2 * HALF_DAY_MS, 2 * HALF_DAY_MS));
    }

    void putInto(JsonObject out) {
        out.put("seed", seed)
                .put("ticks_per_second", ticksPerSecond)
                .put("market", Fields.nameOf(market))
                .put("width", Fields.nameOf(width))
                .put("extra_fields", extraFields)
                .put("max_records", maxRecords)
                .put("usual_records", usualRecords)
                .put("mixed_frames", mixedFrames)
                .put("mid_price_every", midPriceEvery)
                .put("signed_change", signedChange)
                .put("overseas_levels", overseasLevels)
                .put("symbols", new JsonArray(symbols))
                .put("extra_symbols", extraSymbols)
                .put("delay_ms", delayMs)
                .put("clock_offset_ms", clockOffsetMs);
    }
}
