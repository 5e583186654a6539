package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/** An HTTP answer. */
record Reply(int status, String contentType, String body) {
    private static final String JSON = "application/json";

    static Reply json(int status, String body) {
        return new Reply(status, JSON, body);
    }

    static Reply json(JsonObject body) {
        return json(200, body.encode());
    }

    static Reply text(int status, String body) {
        return new Reply(status, "text/plain; charset=utf-8", body);
    }

    static Reply refusal(int status, String why) {
        return json(status, new JsonObject().put("error", why).encode());
    }
}
