package io.tickmesh.sim;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The markets that exist, in the order in which the exchange lists them. */
final class UpbitMarkets {
    private static final double WON_PER_USDT = 1_382;
    private static final double CHEAPEST_IN_BTC = 5_000;

    /** A coin with its Korean name and what it is worth in won. */
    private record Coin(String code, String koreanName, double won) {}

    private static final List<Coin> COINS = List.of(
            new Coin("BTC", "비트코인", 98_000_000),
            new Coin("ETH", "이더리움", 4_210_000),
            new Coin("XRP", "엑스알피", 3_140),
            new Coin("SOL", "솔라나", 212_500),
            new Coin("USDT", "테더", WON_PER_USDT),
            new Coin("DOGE", "도지코인", 241.3),
            new Coin("ADA", "에이다", 823),
            new Coin("TRX", "트론", 431),
            new Coin("AVAX", "아발란체", 30_250),
            new Coin("LINK", "체인링크", 21_340),
            new Coin("DOT", "폴카닷", 5_615),
            new Coin("BCH", "비트코인캐시", 761_500),
            new Coin("ETC", "이더리움클래식", 27_180),
            new Coin("XLM", "스텔라루멘", 389.4),
            new Coin("SHIB", "시바이누", 0.018_21),
            new Coin("POL", "폴리곤에코시스템토큰", 318.6),
            new Coin("NEAR", "니어프로토콜", 3_712),
            new Coin("ATOM", "코스모스", 6_120),
            new Coin("SUI", "수이", 4_538),
            new Coin("APT", "앱토스", 6_645),
            new Coin("AAVE", "에이브", 381_200),
            new Coin("HBAR", "헤데라", 312.7),
            new Coin("ALGO", "알고랜드", 301.2),
            new Coin("SAND", "샌드박스", 398.1),
            new Coin("MANA", "디센트럴랜드", 412.5),
            new Coin("EOS", "이오스", 812),
            new Coin("STX", "스택스", 1_024),
            new Coin("IMX", "이뮤터블엑스", 742),
            new Coin("SEI", "세이", 288.4),
            new Coin("ARB", "아비트럼", 521.9),
            new Coin("PEPE", "페페", 0.014_67),
            new Coin("BONK", "봉크", 0.028_9));

    private final Map<String, UpbitMarket> byCode = new LinkedHashMap<>();

    /** The known markets and so many more: {@code KRW-S0001}, {@code KRW-S0002}, and so on. */
    UpbitMarkets(int extra) {
        COINS.forEach(each -> add("KRW", each, 1));
        double bitcoin = COINS.get(0).won();
        COINS.stream()
                .filter(each -> each.won() >= CHEAPEST_IN_BTC && !each.code().equals("BTC"))
                .forEach(each -> add("BTC", each, bitcoin));
        COINS.stream()
                .filter(each -> !each.code().equals("USDT"))
                .limit(12)
                .forEach(each -> add("USDT", each, WON_PER_USDT));
        for (int i = 1; i <= extra; i++) {
            String code = String.format(Locale.ROOT, "S%04d", i);
            add("KRW", new Coin(code, code, 1 + Hash.below(Hash.of(code), 1_000_000) / 10.0), 1);
        }
    }

    private void add(String quote, Coin coin, double quoteWon) {
        UpbitMarket market =
                UpbitMarket.of(byCode.size(), quote, coin.code(), coin.koreanName(), coin.won() / quoteWon, quoteWon);
        byCode.put(market.code(), market);
    }

    /** The market of this exact code, or null. */
    @Nullable
    UpbitMarket find(String code) {
        return byCode.get(code);
    }

    Collection<UpbitMarket> all() {
        return byCode.values();
    }
}
