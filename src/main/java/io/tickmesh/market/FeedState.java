package io.tickmesh.market;

import java.util.Locale;

/** Where a feed's session stands. */
public enum FeedState {
    /** This pool has no owner yet. */
    PASSIVE,
    /** Switched off by configuration. */
    OFF,
    /** Live mode without credentials. */
    UNCONFIGURED,
    CONNECTING,
    LOGGING_IN,
    STREAMING,
    /** Lost or refused; another attempt is due by itself. */
    WAITING,
    /** The provider refused the login; the next attempt is minutes away. */
    SUSPENDED,
    /** An operator had it closed; the owner keeps the pool. */
    PAUSED;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    public boolean connected() {
        return this == STREAMING;
    }
}
