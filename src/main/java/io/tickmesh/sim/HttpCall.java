package io.tickmesh.sim;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as a provider sees it, a WebSocket upgrade included.
 *
 * @param query what stands behind the question mark, still escaped; empty if nothing does
 * @param params the value of each name of the query, unescaped, or null; several values of a name are joined by commas
 * @param headers the first value of each header, its name in any case, or null
 * @param body empty for an upgrade
 */
record HttpCall(
        String method,
        String path,
        String query,
        UnaryOperator<@Nullable String> params,
        UnaryOperator<@Nullable String> headers,
        String body,
        String remote) {

    static HttpCall of(HttpServerRequest request, String body) {
        return new HttpCall(
                request.method().name(),
                request.path() == null ? "/" : request.path(),
                request.query() == null ? "" : request.query(),
                name -> joined(request.params().getAll(name)),
                request::getHeader,
                body,
                request.remoteAddress().toString());
    }

    private static @Nullable String joined(List<String> values) {
        return values.isEmpty() ? null : String.join(",", values);
    }

    @Nullable
    String param(String name) {
        return params.apply(name);
    }

    @Nullable
    String header(String name) {
        return headers.apply(name);
    }
}
