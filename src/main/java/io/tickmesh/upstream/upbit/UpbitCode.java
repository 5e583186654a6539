package io.tickmesh.upstream.upbit;

/**
 * One registration: a type of Upbit and a market, with the depth where the type is the book, else 0. As text
 * {@code trade|KRW-BTC}, {@code orderbook.5|KRW-BTC}, {@code candle.1m|KRW-BTC}.
 */
record UpbitCode(String type, int depth, String market) {
    /** Everything private of an account. */
    static final String PRIVATE = "private";

    static final String BOOK = "orderbook";

    UpbitCode(String type, String market) {
        this(type, 0, market);
    }

    /** Reads the text form of a public registration. */
    static UpbitCode parse(String text) {
        int bar = text.indexOf('|');
        String type = text.substring(0, bar);
        String market = text.substring(bar + 1);
        return type.startsWith(BOOK)
                ? new UpbitCode(BOOK, Integer.parseInt(type.substring(BOOK.length() + 1)), market)
                : new UpbitCode(type, market);
    }

    @Override
    public String toString() {
        return type + (depth == 0 ? "" : "." + depth) + '|' + market;
    }
}
