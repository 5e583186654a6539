package io.tickmesh.client;

import java.util.Locale;

/** Why the gateway ends a client session: the WebSocket close code, the words for the client, the metric's cause. */
public enum CloseReason {
    GOING_AWAY(1001, "node is leaving, please reconnect"),
    TOO_LARGE(1009, "message too large"),
    BAD_PROTOCOL(1002, "not the WebSocket protocol"),
    BAD_TEXT(1007, "text is not UTF-8"),
    BAD_FRAME(1007, "frame not understood"),
    TOO_SLOW(1008, "reading too slowly"),
    SILENT(1001, "no sign of life"),
    TOO_MANY_REQUESTS(1008, "too many requests"),
    CUT(1008, "cut by an operator"),
    BAD_NAME(1008, "client id not acceptable"),
    FULL(1013, "too many clients, try another node"),
    UNAVAILABLE(1013, "try again later"),
    NO_USER(4401, "a user is required"),
    BAD_ORIGIN(4403, "origin not allowed"),
    NAME_TAKEN(4409, "client id is in use"),
    REPLACED(4409, "client id was taken over"),
    INTERNAL(1011, "internal error");

    private final short code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = (short) code;
        this.text = text;
    }

    /** The WebSocket close code. */
    public short code() {
        return code;
    }

    String text() {
        return text;
    }

    String cause() {
        return name().toLowerCase(Locale.ROOT);
    }
}
