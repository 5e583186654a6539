package io.tickmesh.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What came of a course.
 *
 * @param table for people
 * @param figures for programs
 */
record Outcome(String course, String table, List<Reach> reaches, JsonObject figures) {
    static final String HEAD = "| scenario         | what                                                 |"
            + "     measured |        reach |             |\n| --- | --- | --- | --- | --- |";

    Outcome {
        reaches = List.copyOf(reaches);
    }

    /** What was to be reached, a row each. */
    String rows() {
        return String.join(
                System.lineSeparator(),
                reaches.stream().map(each -> each.row(course)).toList());
    }

    JsonObject json() {
        JsonArray reached = new JsonArray();
        reaches.forEach(each -> reached.add(new JsonObject()
                .put("what", each.what())
                .put("value", Double.isNaN(each.value()) ? null : each.value())
                .put("limit", each.limit())
                .put("reached", each.reached())));
        return new JsonObject().put("scenario", course).put("reaches", reached).mergeIn(figures);
    }
}
