package io.tickmesh.admin;

import io.tickmesh.market.Printable;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param after the key of the last item that was shown; empty for the first page
 */
record Page(int limit, String after) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;

    static Page of(HttpServerRequest request) {
        return new Page(limit(request.getParam("limit")), after(request.getParam("after")));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw new Refusal(422, "limit must be a whole number from 1 to " + MOST + ", not " + Printable.of(text));
        }
        return limit;
    }

    private static String after(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(422, "after must be the next of an earlier page");
        }
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** What of sorted keys comes on this page and on later ones. */
    List<String> rest(Collection<String> keys) {
        return keys.stream().filter(key -> key.compareTo(after) > 0).sorted().toList();
    }

    /** The keys of this page. */
    List<String> first(List<String> rest) {
        return rest.subList(0, Math.min(limit, rest.size()));
    }

    /**
     * The answer.
     *
     * @param items in order, all after {@link #after}; those beyond the limit are left to the next page
     * @param more whether there are others beyond these
     */
    JsonObject answer(
            List<JsonObject> items, Function<JsonObject, String> key, boolean more, Collection<String> silent) {
        List<JsonObject> shown = items.subList(0, Math.min(limit, items.size()));
        boolean next = !shown.isEmpty() && (more || shown.size() < items.size());
        return new JsonObject()
                .put("items", new JsonArray(shown))
                .put("next", next ? cursor(key.apply(shown.get(shown.size() - 1))) : null)
                .put("silent", new JsonArray(List.copyOf(new TreeSet<>(silent))));
    }
}
