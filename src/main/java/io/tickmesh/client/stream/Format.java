package io.tickmesh.client.stream;

import java.util.Locale;

/** What ticks look like: objects that speak for themselves, or arrays of what changes. */
enum Format {
    JSON,
    COMPACT;

    private final String word = name().toLowerCase(Locale.ROOT);

    String word() {
        return word;
    }
}
