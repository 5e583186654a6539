package io.tickmesh.upstream.kis;

import org.jspecify.annotations.Nullable;

/** The overseas markets, by the three letters of KIS. */
enum KisMarket {
    NAS("US", 'D'),
    NYS("US", 'D'),
    AMS("US", 'D'),
    /** The daytime session of Nasdaq, NYSE and AMEX. */
    BAQ("US", 'R'),
    BAY("US", 'R'),
    BAA("US", 'R'),
    HKS("HK", 'D'),
    TSE("JP", 'D'),
    SHS("CN", 'D'),
    SZS("CN", 'D'),
    HSX("VN", 'D'),
    HNX("VN", 'D');

    private static final int LETTERS = 3;
    private static final KisMarket[] ALL = values();

    private final String country;
    private final char prefix;

    KisMarket(String country, char prefix) {
        this.country = country;
        this.prefix = prefix;
    }

    /** Whose holidays it keeps. */
    String country() {
        return country;
    }

    /** What its keys begin with, but for the Asian feeds that are paid for. */
    char prefix() {
        return prefix;
    }

    /** Whether it has a free feed, a quarter of an hour late, and a paid one. */
    boolean isAsian() {
        return !country.equals("US");
    }

    boolean isByDay() {
        return prefix == 'R';
    }

    /** The market of a symbol like {@code NAS.AAPL}, or null. */
    static @Nullable KisMarket of(String symbol) {
        boolean overseas = symbol.length() > LETTERS + 1 && symbol.charAt(LETTERS) == '.';
        return overseas ? named(symbol, 0) : null;
    }

    /** The market of a key like {@code DNASAAPL}, or null. */
    static @Nullable KisMarket ofKey(String key) {
        @Nullable KisMarket market = key.length() > LETTERS + 1 ? named(key, 1) : null;
        return market != null && market.prefix == key.charAt(0) ? market : null;
    }

    private static @Nullable KisMarket named(String text, int from) {
        for (KisMarket market : ALL) {
            if (text.startsWith(market.name(), from)) {
                return market;
            }
        }
        return null;
    }
}
