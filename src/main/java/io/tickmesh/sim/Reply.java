package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param headers beside the content type
 */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
    private static final String JSON = "application/json";

    Reply {
        headers = Map.copyOf(headers);
    }

    /** This answer with another header. */
    Reply with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more);
    }

    static Reply json(int status, String body) {
        return new Reply(status, JSON, body, Map.of());
    }

    static Reply json(JsonObject body) {
        return json(200, body.encode());
    }

    static Reply text(int status, String body) {
        return new Reply(status, "text/plain; charset=utf-8", body, Map.of());
    }

    static Reply refusal(int status, String why) {
        return json(status, new JsonObject().put("error", why).encode());
    }
}
