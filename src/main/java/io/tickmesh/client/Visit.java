package io.tickmesh.client;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a client said when it came, before its first message.
 *
 * @param path as sent, escapes and all
 * @param parameters of the query, decoded
 */
public record Visit(String path, MultiMap parameters, MultiMap headers, String remote) {
    /** The visit that an HTTP request begins. */
    public static Visit of(HttpServerRequest request) {
        return new Visit(
                request.path(),
                request.params(),
                request.headers(),
                request.remoteAddress().toString());
    }

    /** A parameter of the query; null if there is none of that name. */
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
