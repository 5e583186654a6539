package io.tickmesh.client;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client said when it came, before its first message; kept as long as its session, so no more than is asked for.
 *
 * @param path as sent, escapes and all
 * @param parameters of the query, decoded
 * @param headers by their name in lower case
 */
public record Visit(String path, MultiMap parameters, Map<String, String> headers, String remote) {
    private static final MultiMap NONE = MultiMap.caseInsensitiveMultiMap();
    private static final String[] KEPT = {"origin", "authorization", "last-event-id"};

    /** The visit that an HTTP request begins. */
    public static Visit of(HttpServerRequest request) {
        MultiMap parameters = request.params();
        Map<String, String> headers = new TreeMap<>();
        for (String name : KEPT) {
            String value = request.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new Visit(
                request.path(),
                parameters.isEmpty() ? NONE : parameters,
                Map.copyOf(headers),
                request.remoteAddress().toString());
    }

    /** A parameter of the query; null if there is none of that name. */
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    /** A header that some dialect asks for; null if there is none of that name. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}
