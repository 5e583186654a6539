package io.tickmesh.client.stream;

import java.util.Locale;

/** What a session wants of a topic. */
enum Preference {
    /** The newest value, then what follows. */
    BOTH,
    /** The first value there is, and nothing more. */
    SNAPSHOT_ONLY,
    /** What follows. */
    REALTIME_ONLY;

    private final String word = name().toLowerCase(Locale.ROOT);

    String word() {
        return word;
    }
}
