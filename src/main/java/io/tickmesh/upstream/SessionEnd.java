package io.tickmesh.upstream;

import java.util.Locale;

/** Why an upstream session ended; the word is a metric label. */
enum SessionEnd {
    CONNECT_FAILED,
    CONNECT_TIMEOUT,
    LOGIN_TIMEOUT,
    LOGIN_FAILED,
    CLOSED,
    SILENT,
    NOT_ALLOWED,
    ELSEWHERE;

    private final String word = name().toLowerCase(Locale.ROOT);

    String word() {
        return word;
    }
}
