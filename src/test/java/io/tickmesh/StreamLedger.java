package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

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
    }

    private final Map<String, Line> lines = new HashMap<>();

    void take(JsonObject frame) {
        @Nullable String topic = frame.getString("topic");
        switch (frame.getString("type")) {
            case "snapshot" -> {
                assertThat(lines).as("one snapshot per subscribe").doesNotContainKey(topic);
                Line line = new Line();
                lines.put(topic, line);
                place(line, frame);
            }
            case "reset" -> {
                assertThat(frame.getLong("epoch"))
                        .as("a reset begins a higher epoch")
                        .isGreaterThan(line(frame).epoch);
                place(line(frame), frame);
            }
            case "tick" -> tick(line(frame), frame);
            case "gap" -> line(frame).announced += frame.getLong("lost");
            case "conflated" -> {
                line(frame).announced += frame.getLong("count");
                line(frame).conflated += frame.getLong("count");
            }
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
        line.state = frame.getString("state");
        line.value = frame;
        line.received = frame.getLong("received", line.received);
    }

    private static void tick(Line line, JsonObject frame) {
        assertThat(frame.getLong("epoch")).as("%s", frame).isEqualTo(line.epoch);
        assertThat(frame.getLong("seq"))
                .as("%s after %s, announced %s", frame, line.seq, line.announced)
                .isEqualTo(line.seq + 1 + line.announced);
        assertThat(frame.getLong("received")).as("%s", frame).isGreaterThanOrEqualTo(line.received);
        if (!frame.containsKey("exchange") && line.value != null && line.value.containsKey("time")) {
            assertThat(frame.getLong("time")).as("%s", frame).isGreaterThanOrEqualTo(line.value.getLong("time"));
        }
        line.seq = frame.getLong("seq");
        line.received = frame.getLong("received");
        line.announced = 0;
        line.ticks++;
        line.state = frame.getString("state");
        line.value = frame;
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
