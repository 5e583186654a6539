package io.tickmesh.client.eventbus;

import java.util.Locale;

/** What the bridge of Vert.x says of a frame that it does not carry out. The words are its own, but for the last. */
enum BridgeError {
    ACCESS_DENIED,
    ADDRESS_ALREADY_REGISTERED,
    INVALID_JSON,
    INVALID_REPLY_ADDRESS,
    INVALID_TYPE,
    MAX_ADDRESS_LENGTH_REACHED,
    MAX_HANDLERS_REACHED,
    MISSING_ADDRESS,
    MISSING_TYPE,
    TOO_FAST;

    String frame() {
        return "{\"type\":\"err\",\"body\":\"" + name().toLowerCase(Locale.ROOT) + "\"}";
    }
}
