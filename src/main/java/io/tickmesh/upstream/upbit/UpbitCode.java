package io.tickmesh.upstream.upbit;

/**
 * One registration: a type of Upbit and a market; where the type is the book, with the depth, else 0, and the level that
 * its prices are gathered by, empty for none. As text {@code trade|KRW-BTC}, {@code orderbook.5|KRW-BTC},
 * {@code orderbook.5.10000|KRW-BTC}, {@code candle.1m|KRW-BTC}.
 */
record UpbitCode(String type, int depth, String level, String market) {
    /** Everything private of an account. */
    static final String PRIVATE = "private";

    static final String BOOK = "orderbook";

    UpbitCode(String type, String market) {
        this(type, 0, "", market);
    }

    /** Reads the text form of a public registration. */
    static UpbitCode parse(String text) {
        int bar = text.indexOf('|');
        String type = text.substring(0, bar);
        String market = text.substring(bar + 1);
        if (!type.startsWith(BOOK)) {
            return new UpbitCode(type, market);
        }
        String depth = type.substring(BOOK.length() + 1);
        int dot = depth.indexOf('.');
        return dot < 0
                ? new UpbitCode(BOOK, Integer.parseInt(depth), "", market)
                : new UpbitCode(BOOK, Integer.parseInt(depth.substring(0, dot)), depth.substring(dot + 1), market);
    }

    /** The book of this depth that a key means. */
    static UpbitCode ofBook(int depth, String key) {
        int dot = key.indexOf('.');
        return dot < 0
                ? new UpbitCode(BOOK, depth, "", key)
                : new UpbitCode(BOOK, depth, key.substring(dot + 1), key.substring(0, dot));
    }

    /** What tells the books of a market apart, whatever their depth: {@code KRW-BTC}, {@code KRW-BTC.10000}. */
    static String key(String market, String level) {
        return level.isEmpty() ? market : market + '.' + level;
    }

    String key() {
        return key(market, level);
    }

    @Override
    public String toString() {
        return type + (depth == 0 ? "" : "." + depth) + (level.isEmpty() ? "" : "." + level) + '|' + market;
    }
}
