package io.tickmesh.client.sse;

import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Visit;
import io.tickmesh.market.Catalog;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a stream is to carry.
 *
 * @param positions how far its client had come, as far as it says
 * @param resumes whether it says so
 * @param options of the subscribe, as in the native dialect
 */
record SseRequest(Positions positions, boolean resumes, JsonObject options) {
    private static final String PREFERENCE = "preference";
    private static final int MOST_TOPICS = 50;
    private static final int LONGEST_NUMBER = 20;

    /** Reads a request; what is wrong with it ends in a {@link BadRequest}. */
    static SseRequest read(Visit visit, Catalog catalog) {
        Positions positions = new Positions(topics(visit.parameter("topics"), catalog));
        String last = visit.header("Last-Event-ID");
        if (last == null || last.isEmpty()) {
            last = visit.parameter("last_event_id");
        }
        boolean resumes = last != null && !last.isEmpty() && !"snapshot_only".equals(visit.parameter(PREFERENCE));
        if (resumes && !positions.read(String.valueOf(last))) {
            throw new BadRequest("Last-Event-ID is not one of a stream of these topics");
        }
        return new SseRequest(positions, resumes, options(visit));
    }

    private static List<String> topics(@Nullable String parameter, Catalog catalog) {
        if (parameter == null || parameter.isEmpty()) {
            throw new BadRequest("topics is required: /sse?topics=trade/fmp:AAPL,quote/fmp:AAPL");
        }
        List<String> given = List.of(parameter.split(",", -1));
        if (given.size() > MOST_TOPICS) {
            throw new BadRequest("too many topics: " + given.size() + ", at most " + MOST_TOPICS);
        }
        try {
            return given.stream()
                    .map(text -> catalog.topic(text).toString())
                    .distinct()
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()));
        }
    }

    private static JsonObject options(Visit visit) {
        if (visit.parameter("format") != null || visit.parameter("batch") != null) {
            throw new BadRequest("format and batch are not for event streams");
        }
        JsonObject options = new JsonObject();
        String preference = visit.parameter(PREFERENCE);
        if (preference != null) {
            options.put(PREFERENCE, preference);
        }
        String rate = visit.parameter("max_rate");
        if (rate != null) {
            options.put("max_rate", number(rate));
        }
        String fields = visit.parameter("fields");
        if (fields != null) {
            options.put("fields", new JsonArray(Stream.of(fields.split(",", -1)).toList()));
        }
        return options;
    }

    private static double number(String text) {
        try {
            if (text.length() <= LONGEST_NUMBER) {
                return new BigDecimal(text).doubleValue();
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadRequest("max_rate must be a number");
    }

    /** The same as requests of the native dialect: what has a position is resumed there, the rest begins. */
    List<JsonObject> requests() {
        JsonArray begun = new JsonArray();
        JsonArray resumed = new JsonArray();
        for (String topic : positions.topics()) {
            Positions.Position position = resumes ? positions.get(topic) : null;
            if (position == null) {
                begun.add(topic);
            } else {
                resumed.add(new JsonObject()
                        .put("topic", topic)
                        .put("epoch", position.epoch())
                        .put("seq", position.seq()));
            }
        }
        List<JsonObject> requests = new ArrayList<>();
        if (!resumed.isEmpty()) {
            JsonObject resume = options.copy().put("type", "resume").put("positions", resumed);
            resume.remove(PREFERENCE);
            requests.add(resume);
        }
        if (!begun.isEmpty()) {
            requests.add(options.copy().put("type", "subscribe").put("topics", begun));
        }
        return requests;
    }
}
