package io.tickmesh.redis;

import java.util.Locale;

/** Why Redis did not do what it was asked to. Carries no stack trace: it is an answer, not a defect. */
public final class RedisFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What kind of failure it was; also the label of its counter. */
    public enum Sort {
        /** There is no connection; nothing was sent. */
        DOWN,
        /** Too much is under way already; nothing was sent. */
        BUSY,
        /** No answer came in time: it may have been done, or may be yet. */
        TIMEOUT,
        /** The connection ended: it may have been done. */
        CLOSED,
        /** Redis answered with an error. */
        REFUSED;

        private final String word = name().toLowerCase(Locale.ROOT);

        public String word() {
            return word;
        }
    }

    private final Sort sort;

    RedisFailure(Sort sort, String message) {
        super(message, null, false, false);
        this.sort = sort;
    }

    public Sort sort() {
        return sort;
    }

    /** The first word of an error that Redis answered with, such as {@code WRONGTYPE} or {@code OOM}. */
    public String code() {
        String text = String.valueOf(getMessage());
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }
}
