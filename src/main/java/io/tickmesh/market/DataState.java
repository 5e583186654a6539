package io.tickmesh.market;

import java.util.Locale;

/** How far the newest value of a topic can be trusted. */
public enum DataState {
    /** Registered upstream and flowing. */
    LIVE,
    /** Was live; the upstream is gone or silent. */
    STALE,
    /** Filled in by REST. */
    FALLBACK,
    /** The market is closed. */
    CLOSED,
    /** Not registered upstream yet, or no slot is free. */
    WAITING;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }
}
