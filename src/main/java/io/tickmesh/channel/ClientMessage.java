package io.tickmesh.channel;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent to a {@link MessageHandler}.
 *
 * @param user whose client it is, as far as the client said
 * @param body the whole message, with its {@code type}
 */
public record ClientMessage(String client, @Nullable String user, JsonObject body) {
    /** A text member of the body; the fallback if it is missing or no text. */
    public String text(String key, String fallback) {
        return body.getValue(key) instanceof String text ? text : fallback;
    }
}
