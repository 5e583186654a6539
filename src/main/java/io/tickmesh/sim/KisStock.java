package io.tickmesh.sim;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An instrument of the simulated market.
 *
 * @param key what registers it: the short code, or market and symbol of a foreign one
 * @param symbol the code without the market
 * @param base the previous close, in units of {@code 10^-scale}
 * @param scale digits behind the point: 0 for Korean prices
 */
record KisStock(String key, String symbol, long base, int scale) {
    private static final Map<String, Long> WON = Map.ofEntries(
            Map.entry("000001", 70_000L),
            Map.entry("005930", 71_200L),
            Map.entry("000660", 183_500L),
            Map.entry("035720", 41_350L),
            Map.entry("035420", 214_500L),
            Map.entry("005380", 247_000L),
            Map.entry("000270", 99_800L),
            Map.entry("051910", 312_500L),
            Map.entry("006400", 354_000L),
            Map.entry("207940", 812_000L),
            Map.entry("068270", 187_300L),
            Map.entry("005490", 361_500L),
            Map.entry("105560", 86_900L),
            Map.entry("055550", 52_400L),
            Map.entry("012330", 238_000L),
            Map.entry("373220", 389_500L),
            Map.entry("028260", 148_600L),
            Map.entry("096770", 118_900L),
            Map.entry("003550", 79_500L),
            Map.entry("015760", 21_850L),
            Map.entry("032830", 91_300L),
            Map.entry("069500", 36_215L));

    private static final int GENERATED = 200;
    private static final Set<String> GENERATED_CODES = IntStream.range(0, GENERATED)
            .mapToObj(i -> "" + (100_000 + 10 * i))
            .collect(Collectors.toUnmodifiableSet());
    private static final int FIRST_EXTRA = 200_000;
    private static final Pattern DIGITS = Pattern.compile("2[0-9]{5}");
    private static final Pattern OVERSEAS =
            Pattern.compile("(?:D(?:NAS|NYS|AMS|HKS|TSE|SHS|SZS|HSX|HNX)|R(?:BAQ|BAY|BAA|HKS|TSE|SHS|SZS|HSX|HNX))"
                    + "(?!ZZZ)([A-Z0-9][A-Z0-9./]{0,9})");

    /** The Korean instrument behind a short code, or null. */
    static @Nullable KisStock domestic(String code, KisStreamSettings settings) {
        @Nullable Long known = WON.get(code);
        if (known != null) {
            return new KisStock(code, code, known, 0);
        }
        boolean exists = GENERATED_CODES.contains(code)
                || settings.symbols().contains(code)
                || isExtra(code, settings.extraSymbols());
        return exists ? new KisStock(code, code, onGrid(2_000 + Hash.below(Hash.of(code), 298_000)), 0) : null;
    }

    private static boolean isExtra(String code, int count) {
        if (!DIGITS.matcher(code).matches() || !code.endsWith("0")) {
            return false;
        }
        return (Integer.parseInt(code) - FIRST_EXTRA) / 10 < count;
    }

    /** The foreign instrument behind a key of market and symbol, or null. */
    static @Nullable KisStock overseas(String key) {
        var found = OVERSEAS.matcher(key);
        return found.matches()
                ? new KisStock(key, found.group(1), 80_000 + Hash.below(Hash.of(found.group(1)), 3_920_000), 4)
                : null;
    }

    boolean isAmerican() {
        return Set.of("NAS", "NYS", "AMS", "BAQ", "BAY", "BAA").contains(key.substring(1, 4));
    }

    /** The steps in which prices of this height move. */
    static long tickAt(long price) {
        return price < 2_000
                ? 1
                : price < 5_000
                        ? 5
                        : price < 20_000 ? 10 : price < 50_000 ? 50 : price < 200_000 ? 100 : tickAbove(price);
    }

    private static long tickAbove(long price) {
        return price < 500_000 ? 500 : 1_000;
    }

    static long onGrid(long price) {
        return price / tickAt(price) * tickAt(price);
    }
}
