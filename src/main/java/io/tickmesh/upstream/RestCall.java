package io.tickmesh.upstream;

import java.util.Map;

/**
 * One HTTP request to a provider.
 *
 * @param path with query, below the feed's {@code rest_url}
 * @param body empty for none
 */
public record RestCall(String method, String path, Map<String, String> headers, String body) {
    /** Headers and body may hold secrets. */
    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
