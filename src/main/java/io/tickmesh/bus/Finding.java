package io.tickmesh.bus;

import io.vertx.core.json.JsonObject;

/**
 * The answer to an {@link Inquiry}.
 *
 * @param status as in HTTP: 200; 400 for arguments that make no sense, 404 for what is not there, 409 for what cannot be
 *     done now, each with a {@code detail}
 */
public record Finding(int status, JsonObject body) {
    public static Finding of(JsonObject body) {
        return new Finding(200, body);
    }

    public static Finding refused(int status, String detail) {
        return new Finding(status, new JsonObject().put("detail", detail));
    }
}
