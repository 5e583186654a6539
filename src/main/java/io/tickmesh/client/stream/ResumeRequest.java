package io.tickmesh.client.stream;

import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Membership;
import io.tickmesh.client.Session;
import io.tickmesh.client.TopicLine;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Position;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code resume}: a subscribe by a session that knows how far it had come, on this node or another. After the answer
 * come the ticks that it missed, or a reset where the history does not reach back so far.
 */
final class ResumeRequest extends SubscribeRequest {
    /** What waits for one session at most; what would be beyond begins anew. */
    private static final int MOST_MISSED = 16_384;

    private static final int MOST_ATTEMPTS = 3;

    private final List<Place> places;
    private final Map<Topic, List<Tick>> found = new HashMap<>();
    private int attempts;

    /** Where a client says that it had come to. */
    record Place(String topic, long epoch, long seq) {
        static List<Place> of(JsonObject request, int most) {
            if (!(request.getValue("positions") instanceof JsonArray array) || array.isEmpty()) {
                throw new BadRequest("positions must be an array of objects with topic, epoch and seq");
            }
            if (array.size() > most) {
                throw new BadRequest("too many positions: " + array.size() + ", at most " + most + " per request");
            }
            List<Place> places = new ArrayList<>(array.size());
            for (int i = 0; i < array.size(); i++) {
                places.add(place(array.getValue(i), i));
            }
            return places;
        }

        private static Place place(@Nullable Object value, int index) {
            if (value instanceof JsonObject object
                    && object.getValue("topic") instanceof String topic
                    && isCount(object.getValue("epoch"))
                    && isCount(object.getValue("seq"))) {
                return new Place(topic, object.getLong("epoch"), object.getLong("seq"));
            }
            throw new BadRequest("positions[" + index + "] must be an object with topic, epoch and seq, but is "
                    + Printable.of(String.valueOf(value)));
        }

        private static boolean isCount(@Nullable Object value) {
            return (value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0;
        }
    }

    ResumeRequest(StreamDialect dialect, Session session, @Nullable Object id, Wish wish, List<Place> places) {
        super(dialect, session, id, wish);
        this.places = places;
    }

    void run() {
        run(places.stream().map(Place::topic).toList());
    }

    @Override
    void prepare(List<Joined> all) {
        List<Position> wanted = wanted(all);
        boolean complete = all.stream().allMatch(each -> missing(each) == 0);
        if (complete || wanted.isEmpty() || attempts++ == MOST_ATTEMPTS) {
            answer();
        } else {
            dialect.history().find(wanted, ticks -> onFound(ticks, all));
        }
    }

    /** Those that miss nothing yet may miss something by the time that the others' history is here. */
    private List<Position> wanted(List<Joined> all) {
        List<Position> wanted = new ArrayList<>();
        long room = MOST_MISSED
                - session.memberships().values().stream()
                        .mapToLong(Membership::unwritten)
                        .sum();
        for (Joined each : all) {
            long missing = missing(each);
            if (isKept(each) && missing <= room) {
                room -= missing;
                wanted.add(new Position(
                        each.line().topic(), place(each).epoch(), place(each).seq()));
            }
        }
        return wanted;
    }

    private void onFound(Map<Topic, List<Tick>> ticks, List<Joined> all) {
        if (session.closed()) {
            return;
        }
        found.clear();
        found.putAll(ticks);
        if (all.stream().anyMatch(this::isOvertaken)) {
            prepare(all);
        } else {
            answer();
        }
    }

    /** Whether the topic went on while its history was on the way. */
    private boolean isOvertaken(Joined each) {
        List<Tick> ticks = found.get(each.line().topic());
        long seq = ticks == null || ticks.isEmpty()
                ? place(each).seq()
                : last(ticks).seq();
        return ticks != null && missing(each) > 0 && seq < each.line().seq();
    }

    private Place place(Joined each) {
        return places.get(each.place());
    }

    private List<Tick> ticks(Joined each) {
        return found.getOrDefault(each.line().topic(), List.of());
    }

    private static Tick last(List<Tick> ticks) {
        return ticks.get(ticks.size() - 1);
    }

    /** Whether there is a history that a session can go on from. */
    private boolean isKept(Joined each) {
        Kind kind = each.line().topic().kind();
        boolean kept = kind == Kind.TRADE || kind == Kind.QUOTE;
        return kept
                && !each.member().hasLeft()
                && each.line().epoch() == place(each).epoch();
    }

    /** How many ticks a history would have to give; none where none can be had, or the session knows them all. */
    private long missing(Joined each) {
        return isKept(each) ? Math.max(0, each.line().seq() - place(each).seq()) : 0;
    }

    /** Whether the session has come as far as this node, or farther. */
    private boolean isUpToDate(Joined each) {
        TopicLine line = each.line();
        Place place = place(each);
        return place.epoch() > line.epoch() || (place.epoch() == line.epoch() && place.seq() >= line.seq());
    }

    /** Whether all is there that the session missed. */
    private boolean isFound(Joined each) {
        List<Tick> ticks = ticks(each);
        TopicLine line = each.line();
        return !ticks.isEmpty()
                && last(ticks).epoch() == line.epoch()
                && last(ticks).seq() >= line.seq()
                && ticks.get(0).seq() == place(each).seq() + 1;
    }

    @Override
    boolean resumes() {
        return true;
    }

    @Override
    String word() {
        return "resumed";
    }

    @Override
    void describe(Joined accepted) {
        if (isUpToDate(accepted)) {
            accepted.result().put("missed", 0);
        } else if (isFound(accepted)) {
            accepted.result().put("missed", ticks(accepted).size());
        } else {
            accepted.result().put("reset", true);
        }
    }

    @Override
    void activate(Joined accepted) {
        Place place = place(accepted);
        if (isUpToDate(accepted)) {
            accepted.member().resume(place.epoch(), place.seq(), List.of());
            dialect.afterWait(() -> review(accepted));
        } else if (isFound(accepted)) {
            List<Tick> ticks = ticks(accepted);
            accepted.member().resume(last(ticks).epoch(), last(ticks).seq(), ticks);
        } else {
            accepted.member().restart();
        }
    }

    /** A position that the topic does not come to was never one of it. */
    private void review(Joined each) {
        if (each.member().hasLeft()) {
            return;
        }
        if (each.line().answer() == null) {
            dialect.afterWait(() -> review(each));
        } else {
            each.member().restartIfAhead();
        }
    }
}
