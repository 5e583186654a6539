package io.tickmesh.upstream;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's whole answer to an HTTP request. The array is not copied: it has one reader.
 *
 * @param headers by name in lower case, the first of each
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record RestReply(int status, Map<String, String> headers, byte[] body) {
    /** The first header of that name, whatever its case; null without one. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    boolean refusesAccount() {
        return status == 401 || status == 403;
    }
}
