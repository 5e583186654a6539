package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/** What is wrong with a request, in the provider's words; carries no stack trace. */
final class UpbitRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String name;

    UpbitRefusal(String name, String message) {
        super(message, null, false, false);
        this.name = name;
    }

    static UpbitRefusal wrongFormat() {
        return new UpbitRefusal("WRONG_FORMAT", "Requested using wrong format");
    }

    static UpbitRefusal invalidAuth() {
        return new UpbitRefusal("INVALID_AUTH", "Invalid authentication.");
    }

    static UpbitRefusal invalidParam(String message) {
        return new UpbitRefusal("INVALID_PARAM", message);
    }

    String toFrame() {
        return frame(name, String.valueOf(getMessage()));
    }

    /** An error as REST and sockets write it; some names are numbers. */
    static String frame(Object name, String message) {
        return new JsonObject()
                .put("error", new JsonObject().put("name", name).put("message", message))
                .encode();
    }
}
