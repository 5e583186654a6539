package io.tickmesh.market;

import java.util.Locale;

/** Who began a trade. */
public enum Side {
    BUY,
    SELL;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }
}
