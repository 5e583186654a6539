package io.tickmesh.client;

import io.tickmesh.market.Printable;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads what a client sent; what is wrong with it ends in a {@link BadRequest} that says so. */
public final class JsonRequest {
    private JsonRequest() {}

    /** A request that cannot be carried out, in words for the client. */
    public static final class BadRequest extends RuntimeException {
        public BadRequest(String message) {
            super(message, null, false, false);
        }

        /** The words for the client. */
        public String text() {
            return String.valueOf(getMessage());
        }
    }

    public static JsonObject object(String text) {
        Object value;
        try {
            value = Json.decodeValue(text);
        } catch (DecodeException e) {
            throw new BadRequest("Invalid JSON");
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new BadRequest("Expected a JSON object");
    }

    /** A required text member. */
    public static String text(JsonObject request, String key) {
        Object value = request.getValue(key);
        if (value instanceof String text) {
            return text;
        }
        throw new BadRequest(value == null ? key + " is required" : key + " must be a string");
    }

    /** A required array of texts that has between one and {@code most} of them. */
    public static List<String> texts(JsonObject request, String key, int most) {
        Object value = request.getValue(key);
        if (value instanceof JsonArray array) {
            return texts(array, key, most);
        }
        throw new BadRequest(value == null ? key + " is required" : key + " must be an array of strings");
    }

    public static List<String> texts(JsonArray array, String what, int most) {
        if (array.isEmpty()) {
            throw new BadRequest(what + " must not be empty");
        }
        if (array.size() > most) {
            throw new BadRequest("too many " + what + ": " + array.size() + ", at most " + most + " per request");
        }
        List<String> texts = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            if (array.getValue(i) instanceof String text) {
                texts.add(text);
            } else {
                throw new BadRequest(what + "[" + i + "] must be a string, but is "
                        + Printable.of(String.valueOf(array.getValue(i))));
            }
        }
        return texts;
    }
}
