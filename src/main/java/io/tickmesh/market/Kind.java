package io.tickmesh.market;

import java.util.Locale;

/** What a topic tells of its instrument. */
public enum Kind {
    TRADE,
    QUOTE,
    BOOK,
    TICKER,
    CANDLE,
    EXPECTED,
    STATUS,
    NOTICE;

    private static final Kind[] ALL = values();

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /**
     * The kind with that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind of(String word) {
        for (Kind kind : ALL) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown kind '" + Printable.of(word) + "'");
    }
}
