package io.tickmesh.upstream;

import java.util.Locale;

/** Why an upstream session ended; the word is a metric label. */
enum SessionEnd {
    /** There was no token to connect with. */
    TOKEN_FAILED,
    CONNECT_FAILED,
    CONNECT_TIMEOUT,
    LOGIN_TIMEOUT,
    LOGIN_FAILED,
    CLOSED,
    SILENT,
    NOT_ALLOWED,
    ELSEWHERE,
    /** An operator paused the feed. */
    PAUSED,
    /** An operator wanted a new connection. */
    RECONNECTED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Whether something went wrong. */
    boolean isError() {
        return this != PAUSED && this != RECONNECTED;
    }

    String word() {
        return word;
    }
}
