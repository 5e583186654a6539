package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest REST requests that a simulator has answered, without their keys, for tests to read from any thread. */
final class RequestLog {
    private static final int KEPT = 1_000;

    private final Deque<RestRequest> newest = new ArrayDeque<>();
    private long count;

    synchronized void add(RestRequest request) {
        count++;
        newest.add(request);
        if (newest.size() > KEPT) {
            newest.remove();
        }
    }

    synchronized List<RestRequest> requests() {
        return List.copyOf(newest);
    }

    synchronized void clear() {
        newest.clear();
        count = 0;
    }

    synchronized JsonObject toJson() {
        JsonArray list = new JsonArray();
        newest.forEach(each -> list.add(new JsonObject()
                .put("at", each.at())
                .put("path", each.path())
                .put("symbols", each.symbols())
                .put("status", each.status())));
        return new JsonObject().put("count", count).put("requests", list);
    }
}
