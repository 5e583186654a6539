package io.tickmesh.sim;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An instrument that exists in the simulated market.
 *
 * @param symbol in lower case, as the socket writes it
 * @param base what its price moves around, in units of {@code 10^-scale}
 * @param scale digits behind the point: one unit is one tick
 */
record FmpTicker(String symbol, FmpAsset asset, long base, int scale) {
    private static final Pattern WELL_FORMED = Pattern.compile("\\^?[a-z0-9][a-z0-9.\\-]{0,14}");
    private static final String UNKNOWN_PREFIX = "zzz";

    /** What a currency or an ounce of metal is worth in 10^-8 dollars. */
    private static final Map<String, Long> DOLLARS = Map.ofEntries(
            Map.entry("usd", 100_000_000L),
            Map.entry("eur", 110_250_000L),
            Map.entry("gbp", 127_400_000L),
            Map.entry("jpy", 655_000L),
            Map.entry("chf", 113_100_000L),
            Map.entry("aud", 66_300_000L),
            Map.entry("nzd", 60_900_000L),
            Map.entry("cad", 73_200_000L),
            Map.entry("cny", 13_850_000L),
            Map.entry("hkd", 12_810_000L),
            Map.entry("sgd", 74_500_000L),
            Map.entry("krw", 72_500L),
            Map.entry("inr", 1_195_000L),
            Map.entry("mxn", 5_480_000L),
            Map.entry("brl", 18_100_000L),
            Map.entry("zar", 5_450_000L),
            Map.entry("try", 3_020_000L),
            Map.entry("sek", 9_560_000L),
            Map.entry("nok", 9_310_000L),
            Map.entry("dkk", 14_780_000L),
            Map.entry("pln", 25_600_000L),
            Map.entry("czk", 4_380_000L),
            Map.entry("huf", 278_000L),
            Map.entry("ils", 27_100_000L),
            Map.entry("thb", 2_790_000L),
            Map.entry("twd", 3_100_000L),
            Map.entry("xau", 240_000_000_000L),
            Map.entry("xag", 2_850_000_000L),
            Map.entry("xpt", 98_000_000_000L),
            Map.entry("xpd", 95_000_000_000L));

    private static final Map<String, Long> STOCK_CENTS = Map.ofEntries(
            Map.entry("aapl", 20_137L),
            Map.entry("msft", 42_150L),
            Map.entry("nvda", 12_840L),
            Map.entry("amzn", 18_420L),
            Map.entry("googl", 17_260L),
            Map.entry("goog", 17_390L),
            Map.entry("meta", 50_270L),
            Map.entry("tsla", 24_810L),
            Map.entry("amd", 15_630L),
            Map.entry("intc", 3_095L),
            Map.entry("nflx", 64_510L),
            Map.entry("jpm", 20_480L),
            Map.entry("spy", 54_720L),
            Map.entry("qqq", 47_560L),
            Map.entry("ko", 6_370L),
            Map.entry("dis", 9_920L));

    /** In 10^-8 dollars. */
    private static final Map<String, Long> CRYPTO = Map.ofEntries(
            Map.entry("btc", 7_010_010_000_000L),
            Map.entry("eth", 350_240_000_000L),
            Map.entry("sol", 15_012_000_000L),
            Map.entry("bnb", 58_130_000_000L),
            Map.entry("ltc", 7_240_000_000L),
            Map.entry("xrp", 52_310_000L),
            Map.entry("ada", 38_740_000L),
            Map.entry("doge", 12_360_000L),
            Map.entry("shib", 1_234L));

    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };

    /** The instrument that the provider knows by this exact text, or null. */
    static @Nullable FmpTicker of(String symbol) {
        if (!WELL_FORMED.matcher(symbol).matches() || symbol.startsWith(UNKNOWN_PREFIX)) {
            return null;
        }
        return switch (classify(symbol)) {
            case STOCK -> stock(symbol);
            case CRYPTO -> crypto(symbol);
            case FOREX -> forex(symbol);
        };
    }

    private static FmpAsset classify(String symbol) {
        if (symbol.length() == 6
                && DOLLARS.containsKey(symbol.substring(0, 3))
                && DOLLARS.containsKey(symbol.substring(3))
                && !symbol.startsWith(symbol.substring(3))) {
            return FmpAsset.FOREX;
        }
        boolean pair = symbol.length() >= 6 && (symbol.endsWith("usd") || symbol.endsWith("usdt"));
        return pair ? FmpAsset.CRYPTO : FmpAsset.STOCK;
    }

    private static FmpTicker stock(String symbol) {
        @Nullable Long known = STOCK_CENTS.get(symbol);
        long cents = known != null ? known : 800 + Hash.below(Hash.of(symbol), 39_200);
        return new FmpTicker(symbol, FmpAsset.STOCK, cents, 2);
    }

    private static FmpTicker crypto(String symbol) {
        String coin = symbol.substring(0, symbol.length() - (symbol.endsWith("usdt") ? 4 : 3));
        @Nullable Long known = CRYPTO.get(coin);
        long value = known != null ? known : 30_000_000 + Hash.below(Hash.of(coin), 4_000_000_000L);
        int scale = value >= 100_000_000_000L ? 2 : value >= 100_000_000 ? 4 : value >= 1_000_000 ? 6 : 8;
        return new FmpTicker(symbol, FmpAsset.CRYPTO, value / POWERS_OF_TEN[8 - scale], scale);
    }

    private static FmpTicker forex(String symbol) {
        long bought = worth(symbol.substring(0, 3));
        long paid = worth(symbol.substring(3));
        int scale = bought >= 10 * paid ? (bought >= 500 * paid ? 2 : 3) : 5;
        return new FmpTicker(symbol, FmpAsset.FOREX, Math.max(1_000, bought * POWERS_OF_TEN[scale] / paid), scale);
    }

    private static long worth(String currency) {
        @Nullable Long value = DOLLARS.get(currency);
        if (value == null) {
            throw new IllegalArgumentException("no such currency: " + currency);
        }
        return value;
    }
}
