package io.tickmesh.store;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A message of contract 3 as it stands in Redis: the JSON object that clients get, in UTF-8. */
final class StoredMessage {
    /** What is larger was not written by us: no node takes so much from anyone. */
    static final int MOST_BYTES = 64 << 20;

    private StoredMessage() {}

    /** The text of a message; null if it is none. */
    static @Nullable String json(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new JsonObject(text).isEmpty() ? null : text;
        } catch (CharacterCodingException | DecodeException | ClassCastException e) {
            return null;
        }
    }
}
