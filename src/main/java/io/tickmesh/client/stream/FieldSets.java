package io.tickmesh.client.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sets of fields in use on one event loop. Each costs its own encoding of every tick, so there may be few. */
final class FieldSets {
    static final int MOST = 16;
    static final String FULL = "this node serves as many different sets of fields as it may (" + MOST + ")";

    private final Map<List<String>, Integer> users = new HashMap<>();

    /** Whether one may be used: it is in use, or there is room for another. */
    boolean admits(List<String> fields) {
        return fields.isEmpty() || users.containsKey(fields) || users.size() < MOST;
    }

    void acquire(List<String> fields) {
        if (!fields.isEmpty()) {
            users.merge(fields, 1, Integer::sum);
        }
    }

    void release(List<String> fields) {
        users.computeIfPresent(fields, (set, count) -> count > 1 ? count - 1 : null);
    }
}
