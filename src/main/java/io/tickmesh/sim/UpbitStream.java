package io.tickmesh.sim;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream of one market.
 *
 * @param seconds of a candle, else 0
 * @param unit of a candle, such as {@code 1m}, else empty
 * @param depth of an order book, else 0
 * @param step ticks that a level of an order book gathers, 0 for none
 * @param shownCode the code in its frames
 */
record UpbitStream(Kind kind, UpbitMarket market, int seconds, String unit, int depth, long step, String shownCode) {
    private static final String CANDLE_PREFIX = "candle.";
    private static final List<Integer> DEPTHS = List.of(1, 5, 15, UpbitBook.DEPTH);
    private static final Map<String, Integer> UNITS = Map.of(
            "1s", 1, "1m", 60, "3m", 180, "5m", 300, "10m", 600, "15m", 900, "30m", 1_800, "60m", 3_600, "240m",
            14_400);

    /** The public types. */
    enum Kind {
        TICKER,
        TRADE,
        ORDERBOOK,
        CANDLE;

        /** Tells chance for frames of this kind from other chance. */
        long purpose() {
            return Hash.of(name());
        }

        /** The kind of a type such as {@code candle.1m}, or null. */
        static @Nullable Kind of(String type) {
            return switch (type) {
                case "ticker" -> TICKER;
                case "trade" -> TRADE;
                case "orderbook" -> ORDERBOOK;
                default ->
                    type.startsWith(CANDLE_PREFIX) && UNITS.containsKey(type.substring(CANDLE_PREFIX.length()))
                            ? CANDLE
                            : null;
            };
        }
    }

    /** The stream that a type, a code and a level mean, or null where there is nothing to send. */
    static @Nullable UpbitStream of(
            Kind kind, String type, String code, BigDecimal level, UpbitMarkets markets, boolean codeWithDepth) {
        if (kind == Kind.ORDERBOOK) {
            return orderbook(code, level, markets, codeWithDepth);
        }
        @Nullable UpbitMarket market = markets.find(code);
        if (market == null) {
            return null;
        }
        String unit = kind == Kind.CANDLE ? type.substring(CANDLE_PREFIX.length()) : "";
        return new UpbitStream(kind, market, UNITS.getOrDefault(unit, 0), unit, 0, 0, code);
    }

    private static @Nullable UpbitStream orderbook(
            String code, BigDecimal level, UpbitMarkets markets, boolean codeWithDepth) {
        int dot = code.indexOf('.');
        String bare = dot < 0 ? code : code.substring(0, dot);
        String suffix = dot < 0 ? "" : code.substring(dot + 1);
        @Nullable UpbitMarket market = markets.find(bare);
        if (market == null || (dot >= 0 && !suffix.matches("\\d{1,4}")) || !isLevelOf(market, level)) {
            return null;
        }
        int asked = suffix.isEmpty() ? UpbitBook.DEPTH : Integer.parseInt(suffix);
        long step = level.signum() == 0
                ? 0
                : level.scaleByPowerOfTen(market.scale()).longValue();
        return new UpbitStream(
                Kind.ORDERBOOK,
                market,
                0,
                "",
                DEPTHS.contains(asked) ? asked : UpbitBook.DEPTH,
                step,
                codeWithDepth ? code : bare);
    }

    private static boolean isLevelOf(UpbitMarket market, BigDecimal level) {
        return market.levels().stream().anyMatch(each -> each.compareTo(level) == 0);
    }
}
