package io.tickmesh.upstream;

import io.tickmesh.bus.Finding;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Reads what an operator asks of a pool, or tells it to do. */
final class PoolInquiries {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private PoolInquiries() {}

    static Finding notOwned() {
        return Finding.refused(409, "not owned here");
    }

    static Finding answer(PoolEngine engine, JsonObject arguments, long now) {
        Object ask = arguments.getValue("ask");
        if ("reconnect".equals(arguments.getValue("command"))) {
            @Nullable String refusal = engine.reconnect(now);
            return refusal == null ? Finding.of(new JsonObject()) : Finding.refused(409, refusal);
        }
        if ("feed".equals(ask)) {
            return Finding.of(engine.report().feed());
        }
        if ("topics".equals(ask)) {
            return topics(engine, arguments);
        }
        if ("topic".equals(ask)) {
            return topic(engine, arguments);
        }
        return Finding.refused(400, "ask for feed, topics or topic, or command reconnect");
    }

    private static Finding topics(PoolEngine engine, JsonObject arguments) {
        Object after = arguments.getValue("after", "");
        Object limit = arguments.getValue("limit", USUAL_PAGE);
        if (limit instanceof Number number && number.intValue() >= 1 && number.intValue() <= LARGEST_PAGE) {
            String from = after instanceof String text ? text : "";
            return Finding.of(engine.report().topics(engine.interest(), from, number.intValue()));
        }
        return Finding.refused(400, "limit must be a number from 1 to " + LARGEST_PAGE);
    }

    private static Finding topic(PoolEngine engine, JsonObject arguments) {
        Topic topic;
        try {
            topic = Topic.parse(String.valueOf(arguments.getValue("topic")));
        } catch (IllegalArgumentException e) {
            return Finding.refused(400, String.valueOf(e.getMessage()));
        }
        @Nullable JsonObject found = engine.report().topic(engine.interest(), topic);
        return found == null ? Finding.refused(404, "nobody holds " + topic) : Finding.of(found);
    }
}
