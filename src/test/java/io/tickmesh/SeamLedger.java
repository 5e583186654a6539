package io.tickmesh;

import io.tickmesh.SeamTally.Count;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one session of the native dialect asked for and got, in any format. Each frame is judged as it comes; what
 * is wrong goes to the tally with the frame and the one before it of the same topic.
 */
final class SeamLedger {
    /** Where a topic was left. */
    record Place(long epoch, long seq) {
        boolean isAfter(Place other) {
            return epoch > other.epoch || (epoch == other.epoch && seq > other.seq);
        }
    }

    /**
     * A request whose answer has not come yet.
     *
     * @param rate what it asks for; 0: all; null where it leaves that as it is
     */
    record Asked(
            String type, List<String> topics, @Nullable Double rate, String preference, Map<String, Place> places) {
        static Asked of(String type, List<String> topics) {
            return new Asked(type, topics, null, "", Map.of());
        }
    }

    private final String owner;
    private final SeamTally tally;
    private final Map<String, SeamLine> lines = new LinkedHashMap<>();
    private final Map<Long, String> numbers = new HashMap<>();
    private final Map<String, Place> left = new HashMap<>();
    private final Map<Integer, Asked> requests = new LinkedHashMap<>();
    private int newestId;

    /** A ledger of that client's session. */
    SeamLedger(String owner, SeamTally tally) {
        this.owner = owner;
        this.tally = tally;
    }

    /** Notes a request that is about to be sent; the id it is to carry. */
    int asked(Asked request) {
        newestId++;
        requests.put(newestId, request);
        return newestId;
    }

    void takeText(String text) {
        takeValue(Json.decodeValue(text));
    }

    private void takeValue(Object value) {
        if (value instanceof JsonObject object) {
            take(object);
        } else if (value instanceof JsonArray array && array.getValue(0) instanceof Number) {
            takeCompact(array);
        } else {
            ((JsonArray) value).forEach(this::takeValue);
        }
    }

    private void takeCompact(JsonArray values) {
        @Nullable String topic = numbers.get(values.getLong(0));
        @Nullable SeamLine line = topic == null ? null : lines.get(topic);
        if (topic == null || line == null) {
            tally.violation(owner + ": a tick of " + topic + ", which it does not hold: " + values);
        } else {
            tick(topic, line, new Place(line.epoch(), values.getLong(1)), values.getLong(2), values);
        }
    }

    private void take(JsonObject frame) {
        switch (frame.getString("type")) {
            case "hello", "pong", "options", "leaving", "elsewhere" -> requests.remove(frame.getInteger("id", 0));
            case "subscribed", "resumed", "unsubscribed", "configured" -> answered(frame);
            case "error" -> tally.violation(owner + ": a sound request was refused: " + frame);
            default -> event(frame);
        }
    }

    private void answered(JsonObject frame) {
        @Nullable Asked request = requests.remove(frame.getInteger("id", 0));
        JsonArray results = frame.getJsonArray("results");
        if (request == null || results.size() != request.topics().size()) {
            tally.violation(owner + ": an answer to " + request + ": " + frame);
            return;
        }
        for (int i = 0; i < results.size(); i++) {
            JsonObject result = results.getJsonObject(i);
            String topic = request.topics().get(i);
            @Nullable
            String wrong = topic.equals(result.getString("topic"))
                    ? result(request, topic, result)
                    : "another topic than " + topic;
            if (wrong != null) {
                tally.violation(owner + ' ' + topic + ": " + wrong + ": " + result + ", line " + lines.get(topic));
            }
        }
    }

    private @Nullable String result(Asked request, String topic, JsonObject result) {
        boolean ok = result.getBoolean("ok");
        @Nullable SeamLine line = lines.get(topic);
        switch (request.type()) {
            case "unsubscribe" -> {
                leave(topic);
                tally.add(Count.UNSUBSCRIBED);
                return ok || line == null ? null : "not held, it says";
            }
            case "configure" -> {
                if (line != null && request.rate() != null) {
                    line.rate(request.rate());
                }
                return ok || line == null ? null : "not held, it says";
            }
            default -> {
                return ok ? accepted(request, topic, result) : refused(topic);
            }
        }
    }

    private @Nullable String refused(String topic) {
        tally.add(Count.REFUSED);
        return lines.containsKey(topic) ? "refused what it holds" : null;
    }

    private @Nullable String accepted(Asked request, String topic, JsonObject result) {
        boolean already = result.getBoolean("already", false);
        @Nullable SeamLine before = lines.get(topic);
        @Nullable SeamLine line = before != null && before.isOnce() && !already ? null : before;
        if (already != (line != null)) {
            return already ? "already held, it says" : "held before, and it does not say so";
        }
        numbers.put(result.getLong("n"), topic);
        SeamLine held = line == null ? newLine(request, topic, result) : line;
        lines.put(topic, held);
        held.rate(request.rate() == null ? 0 : request.rate());
        return null;
    }

    private SeamLine newLine(Asked request, String topic, JsonObject result) {
        @Nullable Place place = request.places().get(topic);
        if (place != null) {
            boolean anew = result.getBoolean("reset", false);
            long missed = anew ? 0 : result.getLong("missed");
            tally.add(Count.RESUMED);
            tally.add(Count.MISSED, missed);
            return anew
                    ? SeamLine.resetDue(place.epoch(), place.seq())
                    : SeamLine.resumed(place.epoch(), place.seq(), missed);
        }
        tally.add(Count.SUBSCRIBED);
        return request.preference().equals("realtime_only")
                ? SeamLine.at(result.getLong("epoch"), result.getLong("seq"))
                : SeamLine.snapshotDue(request.preference().equals("snapshot_only"));
    }

    private void leave(String topic) {
        @Nullable SeamLine line = lines.remove(topic);
        if (line != null && line.hasPosition() && !line.isUntouched()) {
            left.put(topic, new Place(line.epoch(), line.seq()));
        }
    }

    private void event(JsonObject frame) {
        String topic = frame.getString("topic");
        @Nullable SeamLine line = lines.get(topic);
        if (line == null) {
            tally.violation(owner + ": nothing of " + topic + " was to come: " + frame + lately());
            return;
        }
        if ("tick".equals(frame.getString("type"))) {
            tick(topic, line, placeOf(frame), frame.getLong("received", 0L), frame);
        } else {
            judge(topic, line, frame, wrongEvent(topic, line, frame));
        }
    }

    private String lately() {
        return ", requests under way " + requests;
    }

    private static Place placeOf(JsonObject frame) {
        return new Place(frame.getLong("epoch"), frame.getLong("seq"));
    }

    private @Nullable String wrongEvent(String topic, SeamLine line, JsonObject frame) {
        return switch (frame.getString("type")) {
            case "snapshot" -> snapshot(topic, line, frame);
            case "reset" -> reset(topic, line, frame);
            case "gap" -> {
                tally.add(Count.GAPS);
                yield line.gap(frame.getLong("lost"));
            }
            case "conflated" -> {
                tally.add(Count.CONFLATED);
                yield line.conflated(frame.getLong("count"));
            }
            case "state" -> line.state();
            case "done" -> {
                leave(topic);
                yield line.done();
            }
            default -> "an unknown event";
        };
    }

    private @Nullable String snapshot(String topic, SeamLine line, JsonObject frame) {
        tally.add(Count.SNAPSHOTS);
        numbers.put(frame.getLong("n"), topic);
        Place place = placeOf(frame);
        @Nullable Place before = left.get(topic);
        @Nullable String wrong = line.snapshot(place.epoch(), place.seq());
        return wrong == null && before != null && before.isAfter(place)
                ? "a snapshot from before " + before + ", where the session left it"
                : wrong;
    }

    private @Nullable String reset(String topic, SeamLine line, JsonObject frame) {
        Place place = placeOf(frame);
        if (line.rewinds(place.epoch(), place.seq())) {
            tally.add(Count.REWINDS);
        } else {
            tally.add(line.isResetDue() ? Count.RESTARTS : Count.RESETS);
        }
        numbers.put(frame.getLong("n"), topic);
        return line.reset(place.epoch(), place.seq());
    }

    private void tick(String topic, SeamLine line, Place place, long received, Object frame) {
        tally.delivered();
        @Nullable String wrong = line.tick(place.epoch(), place.seq(), received);
        if (wrong == null && received > 0 && !tally.agrees(topic, place.epoch(), place.seq(), received)) {
            wrong = "another had another value at this position";
        }
        judge(topic, line, frame, wrong);
    }

    private void judge(String topic, SeamLine line, Object frame, @Nullable String wrong) {
        @Nullable Object before = line.swapLast(frame);
        if (wrong != null) {
            tally.violation(owner + ' ' + topic + ": " + wrong + "\n  before " + before + "\n  then   " + frame);
        }
    }

    /** The topics that it holds and has no request about under way. */
    List<String> settled() {
        return lines.keySet().stream().filter(each -> !isAsked(each)).toList();
    }

    /** Whether it holds the topic, or may be about to. */
    boolean knows(String topic) {
        return lines.containsKey(topic) || isAsked(topic);
    }

    private boolean isAsked(String topic) {
        return requests.values().stream().anyMatch(each -> each.topics().contains(topic));
    }

    /** How many topics it holds, those it has asked for included. */
    int size() {
        return lines.size()
                + requests.values().stream()
                        .filter(each -> each.type().equals("subscribe"))
                        .mapToInt(each -> each.topics().size())
                        .sum();
    }

    /** Where a session that follows this one can go on; also of what this one had not come to itself. */
    Map<String, Place> places() {
        Map<String, Place> places = new LinkedHashMap<>();
        requests.values().forEach(each -> places.putAll(each.places()));
        lines.forEach((topic, line) -> {
            if (line.hasPosition()) {
                places.put(topic, new Place(line.epoch(), line.seq()));
            }
        });
        return places;
    }

    /** What has had no tick since, and the requests without an answer; empty if all is well. */
    List<String> silentSince(long nanos) {
        return Stream.concat(
                        lines.entrySet().stream()
                                .filter(each -> !each.getValue().flowsSince(nanos))
                                .map(each -> owner + ' ' + each.getKey() + ' ' + each.getValue()),
                        requests.values().stream().map(each -> owner + " waits for the answer to " + each))
                .toList();
    }
}
