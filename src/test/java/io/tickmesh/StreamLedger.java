package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a native client's frames to what the dialect promises: no tick before its snapshot, every jump announced. */
final class StreamLedger {
    /** How far one topic has come. */
    private static final class Line {
        private long epoch;
        private long seq;
        private long announced;
        private long received;
        private long ticks;
        private long conflated;
        private String state = "";
        private @Nullable JsonObject value;
        private boolean begins;
        private long debt;
        private long resets;
    }

    private final Map<String, Line> lines = new HashMap<>();
    private final Map<Long, String> numbers = new HashMap<>();
    private final boolean rated;
    private long coarseMicros;
    private long resumed;

    StreamLedger() {
        this(false);
    }

    private StreamLedger(boolean rated) {
        this.rated = rated;
    }

    /** A ledger of a session with a rate of its own, which is told of what was left out later than at once. */
    static StreamLedger rated() {
        return new StreamLedger(true);
    }

    /** From now on the provider may write times in a coarser unit: within it they may step back. */
    void expectTimesIn(long micros) {
        coarseMicros = micros;
    }

    /** A frame as it came: an object, a compact tick, or several of them. */
    void takeText(String text) {
        takeValue(new JsonArray("[" + text + "]").getValue(0));
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
        if (topic == null) {
            throw new AssertionError("nobody said which topic this is of: " + values);
        }
        take(new JsonObject()
                .put("type", "tick")
                .put("topic", topic)
                .put("epoch", known(topic).epoch)
                .put("seq", values.getLong(1))
                .put("received", values.getLong(2))
                .put("state", known(topic).state));
    }

    private void takeResults(JsonArray results) {
        for (Object each : results) {
            JsonObject result = (JsonObject) each;
            if (result.containsKey("n")) {
                numbers.put(result.getLong("n"), result.getString("topic"));
            }
            if (result.getBoolean("reset", false)) {
                line(result).begins = true;
            }
            if (result.containsKey("missed")) {
                line(result).state = result.getString("state");
                resumed++;
            }
        }
    }

    void take(JsonObject frame) {
        @Nullable String topic = frame.getString("topic");
        switch (frame.getString("type")) {
            case "snapshot" -> {
                assertThat(lines).as("one snapshot per subscribe").doesNotContainKey(topic);
                Line line = new Line();
                lines.put(topic, line);
                numbers.put(frame.getLong("n"), topic);
                place(line, frame);
            }
            case "reset" -> {
                Line line = line(frame);
                if (line.begins) {
                    assertThat(frame.getLong("epoch")).isGreaterThanOrEqualTo(line.epoch);
                    line.begins = false;
                } else {
                    assertThat(frame.getLong("epoch"))
                            .as("a reset begins a higher epoch")
                            .isGreaterThan(line.epoch);
                }
                line.resets += frame.getLong("epoch") == line.epoch ? 1 : 0;
                place(line, frame);
            }
            case "tick" -> tick(line(frame), frame);
            case "gap" -> line(frame).announced += frame.getLong("lost");
            case "conflated" -> {
                line(frame).announced += frame.getLong("count");
                line(frame).conflated += frame.getLong("count");
            }
            case "subscribed", "resumed" -> takeResults(frame.getJsonArray("results"));
            case "state" -> line(frame).state = frame.getString("state");
            default -> {
                // an answer says nothing of numbers
            }
        }
    }

    private Line line(JsonObject frame) {
        @Nullable Line line = lines.get(frame.getString("topic"));
        if (line == null) {
            throw new AssertionError("nothing may come before the snapshot: " + frame);
        }
        return line;
    }

    private static void place(Line line, JsonObject frame) {
        line.epoch = frame.getLong("epoch");
        line.seq = frame.getLong("seq");
        line.announced = 0;
        line.debt = 0;
        line.state = frame.getString("state");
        line.value = frame;
        line.received = frame.getLong("received", line.received);
    }

    private void tick(Line line, JsonObject frame) {
        assertThat(frame.getLong("epoch")).as("%s", frame).isEqualTo(line.epoch);
        assertThat(line.begins).as("a reset was promised before %s", frame).isFalse();
        line.debt += frame.getLong("seq") - line.seq - 1;
        assertThat(frame.getLong("seq")).as("%s", frame).isGreaterThan(line.seq);
        if (!rated || line.announced > 0) {
            assertThat(line.announced)
                    .as("%s after %s, announced %s", frame, line.seq, line.announced)
                    .isEqualTo(line.debt);
            line.debt = 0;
        }
        assertThat(frame.getLong("received")).as("%s", frame).isGreaterThanOrEqualTo(line.received);
        if (frame.containsKey("time")
                && !frame.containsKey("exchange")
                && line.value != null
                && line.value.containsKey("time")) {
            assertThat(frame.getLong("time"))
                    .as("%s", frame)
                    .isGreaterThanOrEqualTo(line.value.getLong("time") - coarseMicros);
        }
        line.seq = frame.getLong("seq");
        line.received = frame.getLong("received");
        line.announced = 0;
        line.ticks++;
        line.state = frame.getString("state");
        line.value = frame;
    }

    /** The request that goes on from here. */
    String resume(String options) {
        JsonArray positions = new JsonArray();
        lines.forEach((topic, line) -> {
            line.announced = 0;
            positions.add(new JsonObject()
                    .put("topic", topic)
                    .put("epoch", line.epoch)
                    .put("seq", line.seq));
        });
        numbers.clear();
        return new JsonObject("{\"type\":\"resume\"" + options.replace('\'', '"') + "}")
                .put("positions", positions)
                .encode();
    }

    /** How often topics went on from their position. */
    long resumed() {
        return resumed;
    }

    /** How often a topic began anew though its owner had not changed. */
    long resets(String topic) {
        return known(topic).resets;
    }

    int topics() {
        return lines.size();
    }

    long ticks(String topic) {
        return known(topic).ticks;
    }

    long seq(String topic) {
        return known(topic).seq;
    }

    long epoch(String topic) {
        return known(topic).epoch;
    }

    String state(String topic) {
        return known(topic).state;
    }

    /** The newest snapshot, reset or tick. */
    JsonObject value(String topic) {
        @Nullable JsonObject value = known(topic).value;
        if (value == null) {
            throw new AssertionError("no value of " + topic);
        }
        return value;
    }

    long conflated() {
        return lines.values().stream().mapToLong(line -> line.conflated).sum();
    }

    private Line known(String topic) {
        @Nullable Line line = lines.get(topic);
        if (line == null) {
            throw new AssertionError("nothing of " + topic + " yet");
        }
        return line;
    }
}
