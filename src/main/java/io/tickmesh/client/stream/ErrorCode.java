package io.tickmesh.client.stream;

import java.util.Locale;

/** Why a request of the native dialect failed. The words are a contract: append, never rename. */
enum ErrorCode {
    BAD_JSON(false),
    BAD_REQUEST(false),
    UNKNOWN_TYPE(false),
    BAD_TOPIC(false),
    TOO_MANY_TOPICS(false),
    NOT_HELD(false),
    REFUSED(true),
    NOT_ALLOWED(false),
    TOO_MANY_FIELD_SETS(true),
    TOO_FAST(true);

    private final boolean retry;
    private final String word = name().toLowerCase(Locale.ROOT);

    ErrorCode(boolean retry) {
        this.retry = retry;
    }

    String word() {
        return word;
    }

    /** Whether the same request may succeed later. */
    boolean retry() {
        return retry;
    }
}
