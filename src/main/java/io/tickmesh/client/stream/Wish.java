package io.tickmesh.client.stream;

import io.tickmesh.client.JsonRequest;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a request wants of all its topics.
 *
 * @param interval the least time between two ticks of a topic; zero for none
 * @param fields the members that are wanted; empty for all
 */
record Wish(Preference preference, Duration interval, List<String> fields) {
    private static final double LEAST_RATE = 0.01;
    private static final double MOST_RATE = 1_000;
    private static final int MOST_FIELDS = 16;
    private static final String PREFERENCE = "preference";
    private static final String MAX_RATE = "max_rate";
    private static final String FIELDS = "fields";

    Wish {
        fields = List.copyOf(fields);
    }

    /** Reads the options of a request that names these topics. */
    static Wish of(JsonObject request, Collection<String> topics) {
        return new Wish(preference(request), interval(request), fields(request, topics));
    }

    /** Whether a request says anything about the rate; null takes the limit away. */
    static boolean saysRate(JsonObject request) {
        return request.containsKey(MAX_RATE);
    }

    /** Whether a request says anything about fields; null asks for all. */
    static boolean saysFields(JsonObject request) {
        return request.containsKey(FIELDS);
    }

    private static Preference preference(JsonObject request) {
        Object value = request.getValue(PREFERENCE);
        if (value == null) {
            return Preference.BOTH;
        }
        return Stream.of(Preference.values())
                .filter(each -> each.word().equals(value))
                .findFirst()
                .orElseThrow(() -> new BadRequest("preference must be both, snapshot_only or realtime_only"));
    }

    private static Duration interval(JsonObject request) {
        Object value = request.getValue(MAX_RATE);
        if (value == null) {
            return Duration.ZERO;
        }
        if (value instanceof Number number) {
            double rate = number.doubleValue();
            if (rate >= LEAST_RATE && rate <= MOST_RATE) {
                return Duration.ofNanos((long) (1_000_000_000 / rate));
            }
        }
        throw new BadRequest("max_rate must be a number from 0.01 to 1000");
    }

    private static List<String> fields(JsonObject request, Collection<String> topics) {
        Object value = request.getValue(FIELDS);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw new BadRequest("fields must be an array of strings");
        }
        List<String> fields = JsonRequest.texts(array, FIELDS, MOST_FIELDS);
        Collection<String> known = TickFields.names(kinds(topics));
        for (String field : fields) {
            if (!known.contains(field)) {
                throw new BadRequest("unknown field '" + Printable.of(field) + "', known: " + known);
            }
        }
        return fields.stream().distinct().collect(Collectors.toList());
    }

    /** The kinds that the topics are of; all where none of them is a topic. */
    private static Set<Kind> kinds(Collection<String> topics) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (topics.stream()
                    .anyMatch(topic -> topic.startsWith(kind.word() + '/') || topic.startsWith(kind.word() + '.'))) {
                kinds.add(kind);
            }
        }
        return kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds;
    }
}
