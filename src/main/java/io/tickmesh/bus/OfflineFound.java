package io.tickmesh.bus;

import java.util.List;

/** The oldest messages stored for a user, in order. */
public record OfflineFound(List<Entry> entries) {
    public OfflineFound {
        entries = List.copyOf(entries);
    }

    /** A message, and what the store calls it. */
    public record Entry(String id, String json) {}
}
