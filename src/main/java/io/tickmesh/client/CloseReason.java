package io.tickmesh.client;

import java.util.Locale;

/** Why the gateway ends a client session: the WebSocket close code, the words for the client, the metric's cause. */
public enum CloseReason {
    GOING_AWAY(1001, "node is leaving, please reconnect"),
    TOO_LARGE(1009, "message too large"),
    TOO_SLOW(1008, "reading too slowly"),
    SILENT(1001, "no sign of life"),
    TOO_MANY_REQUESTS(1008, "too many requests"),
    CUT(1008, "cut by an operator"),
    INTERNAL(1011, "internal error");

    private final short code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = (short) code;
        this.text = text;
    }

    short code() {
        return code;
    }

    String text() {
        return text;
    }

    String cause() {
        return name().toLowerCase(Locale.ROOT);
    }
}
