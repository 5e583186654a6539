package io.tickmesh.client.sse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream has come in each of its topics, as the id of an event: one entry per topic, in the order of the request.
 *
 * <pre> EPOCH.SEQ,SEQ,-,... </pre>
 *
 * <p>Numbers are in base 36. The epoch is left out where it is that of the entry with one before; {@code -} stands for a
 * topic that has no position yet.
 */
final class Positions {
    private static final int RADIX = 36;
    private static final String NONE = "-";

    private final List<String> topics;
    private final Map<String, Integer> places;
    private final @Nullable Position[] positions;

    /** Where a topic stands. */
    record Position(long epoch, long seq) {}

    Positions(List<String> topics) {
        this.topics = List.copyOf(topics);
        this.positions = new Position[topics.size()];
        this.places =
                IntStream.range(0, topics.size()).boxed().collect(Collectors.toMap(topics::get, Function.identity()));
    }

    /** Takes the position of an event; topics of others are passed over. */
    void set(String topic, long epoch, long seq) {
        Integer place = places.get(topic);
        if (place != null) {
            positions[place] = new Position(epoch, seq);
        }
    }

    @Nullable
    Position get(String topic) {
        Integer place = places.get(topic);
        return place == null ? null : positions[place];
    }

    void appendTo(StringBuilder out) {
        long before = -1;
        for (int i = 0; i < positions.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            Position position = positions[i];
            if (position == null) {
                out.append(NONE);
            } else {
                if (position.epoch() != before) {
                    out.append(Long.toString(position.epoch(), RADIX)).append('.');
                }
                out.append(Long.toString(position.seq(), RADIX));
                before = position.epoch();
            }
        }
    }

    /** Takes the positions in the id of an event of such a stream; false if it is none. */
    boolean read(String id) {
        List<String> entries = List.of(id.split(",", -1));
        if (entries.size() != positions.length) {
            return false;
        }
        List<@Nullable Position> read = new ArrayList<>();
        long epoch = -1;
        for (String entry : entries) {
            int dot = entry.indexOf('.');
            if (entry.equals(NONE)) {
                read.add(null);
                continue;
            }
            epoch = dot < 0 ? epoch : number(entry.substring(0, dot));
            long seq = number(entry.substring(dot + 1));
            if (epoch < 0 || seq < 0) {
                return false;
            }
            read.add(new Position(epoch, seq));
        }
        for (int i = 0; i < positions.length; i++) {
            positions[i] = read.get(i);
        }
        return true;
    }

    private static long number(String text) {
        if (text.isEmpty() || text.length() > 12 || text.startsWith("+") || text.startsWith("-")) {
            return -1;
        }
        try {
            return Long.parseLong(text, RADIX);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    List<String> topics() {
        return topics;
    }
}
