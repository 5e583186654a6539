package io.tickmesh.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stocks that exist: some by their real names, the rest made up. */
final class KiwoomListing {
    private static final int GENERATED = 200;
    private static final int CODES = 99_999;
    private static final int STEP = 7_919;
    private static final int FIRST = 10_007;
    private static final long[] MAGNITUDES = {1, 10, 100};
    private static final long MILLION = 1_000_000;

    private final Map<String, KiwoomItem> stocks = new LinkedHashMap<>();

    KiwoomListing(int extra) {
        add("005930", "삼성전자", 70_000, 5_969);
        add("000660", "SK하이닉스", 180_000, 728);
        add("035720", "카카오", 42_000, 443);
        add("035420", "NAVER", 195_000, 158);
        add("005380", "현대차", 240_000, 209);
        add("000270", "기아", 98_000, 397);
        add("051910", "LG화학", 310_000, 70);
        add("068270", "셀트리온", 175_000, 217);
        add("105560", "KB금융", 82_000, 393);
        add("039490", "키움증권", 130_000, 26);
        for (int i = 0, generated = 0; generated < GENERATED + extra; i++) {
            String code = String.format(Locale.ROOT, "%05d0", (i * (long) STEP + FIRST) % CODES);
            if (!stocks.containsKey(code)) {
                generated++;
                long hash = Hash.of(code);
                long magnitude = MAGNITUDES[(int) Hash.below(hash, MAGNITUDES.length)];
                long base = (1 + Hash.below(hash >>> 8, 9)) * 1_000 * magnitude + Hash.below(hash >>> 16, 900);
                add(code, "종목" + code, base, 1 + Hash.below(hash >>> 24, 300));
            }
        }
    }

    private void add(String code, String title, long base, long millionShares) {
        stocks.put(code, new KiwoomItem(code, title, base, millionShares * MILLION, KiwoomItem.Venue.KRX));
    }

    /** All stocks on KRX. */
    List<KiwoomItem> stocks() {
        return List.copyOf(stocks.values());
    }

    /** What a code names, its suffix in mind, or null. */
    @Nullable
    KiwoomItem item(String code) {
        for (KiwoomItem.Venue each : KiwoomItem.Venue.values()) {
            if (!each.suffix().isEmpty() && code.endsWith(each.suffix())) {
                @Nullable
                KiwoomItem stock = stocks.get(
                        code.substring(0, code.length() - each.suffix().length()));
                return stock == null ? null : stock.on(each);
            }
        }
        return stocks.get(code);
    }
}
