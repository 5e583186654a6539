package io.tickmesh.upstream;

import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.market.Answer;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What an operator can see of a pool at its owner. */
final class PoolReport {
    private static final long MICROS_PER_MILLI = 1_000;

    private final PoolMeters meters;
    private final HeldTopics held;
    private final StatusBoard board;
    private final Outbox outbox;
    private final LongSupplier wallMillis;
    private final Rate frames = new Rate();
    private final Rate ticks = new Rate();
    private @Nullable String lastError;
    private long lastErrorAt;

    PoolReport(PoolMeters meters, HeldTopics held, StatusBoard board, Outbox outbox, LongSupplier wallMillis) {
        this.meters = meters;
        this.held = held;
        this.board = board;
        this.outbox = outbox;
        this.wallMillis = wallMillis;
    }

    void onError(String reason) {
        lastError = reason;
        lastErrorAt = wallMillis.getAsLong();
    }

    /** To be called each second. */
    void sample(long now) {
        frames.sample(meters.frames.count(), now);
        ticks.sample(meters.ticks.count(), now);
    }

    JsonObject feed() {
        JsonArray connections = new JsonArray();
        board.last().forEach(status -> connections.add(connection(status)));
        if (connections.isEmpty()) {
            return new JsonObject();
        }
        return connections
                .getJsonObject(0)
                .copy()
                .put("frames_per_second", frames.perSecond())
                .put("ticks_per_second", ticks.perSecond())
                .put("last_error", lastError)
                .put("last_error_at", lastError == null ? null : lastErrorAt)
                .put("slots", held.slots.capacity())
                .put("slots_used", held.slots.used())
                .put("waiting_for_slot", held.slots.waitingCount())
                .put("connections", connections)
                .put("links", links());
    }

    private static JsonObject connection(FeedStatus status) {
        return new JsonObject()
                .put("pool", status.pool())
                .put("feed", status.feed())
                .put("provider", status.provider())
                .put("mode", status.simulated() ? "sim" : status.state() == FeedState.OFF ? "off" : "live")
                .put("owner", status.owner())
                .put("epoch", status.epoch())
                .put("state", status.state().word())
                .put("reason", status.reason())
                .put("since", status.since())
                .put("paused", status.state() == FeedState.PAUSED)
                .put("attempts", status.attempts())
                .put("retry_at", status.retryAt() == 0 ? null : status.retryAt())
                .put("capacity", status.capacity())
                .put("registered", status.registered());
    }

    private JsonArray links() {
        JsonArray links = new JsonArray();
        for (Lane lane : outbox.lanes()) {
            if (lane.isOpen()) {
                links.add(new JsonObject()
                        .put("node", lane.node)
                        .put("in_flight", lane.inFlight())
                        .put("waiting", lane.waiting()));
            }
        }
        return links;
    }

    /** A page of the topics that nodes hold, in the order of their texts. */
    JsonObject topics(InterestBook interest, String after, int limit) {
        SortedSet<String> texts = interest.topicsAfter(after, limit + 1);
        JsonArray page = new JsonArray();
        String last = after;
        for (String text : texts) {
            if (page.size() < limit) {
                Topic topic = Topic.parse(text);
                page.add(topic(topic, interest.holders(topic)));
                last = text;
            }
        }
        return new JsonObject().put("topics", page).put("next", texts.size() > limit ? last : null);
    }

    /** One topic, or null if no node holds it. */
    @Nullable
    JsonObject topic(InterestBook interest, Topic topic) {
        Map<String, InterestUpdate.Entry> holders = interest.holders(topic);
        return holders.isEmpty() ? null : topic(topic, holders);
    }

    private JsonObject topic(Topic topic, Map<String, InterestUpdate.Entry> holders) {
        Answer answer = held.answer(topic);
        JsonObject sessions = new JsonObject();
        boolean pinned = false;
        for (Map.Entry<String, InterestUpdate.Entry> holder : holders.entrySet()) {
            sessions.put(holder.getKey(), holder.getValue().sessions());
            pinned |= holder.getValue().pinned();
        }
        @Nullable Tick newest = answer.newest();
        return new JsonObject()
                .put("topic", topic.toString())
                .put("state", answer.state().state().word())
                .put("reason", answer.state().reason())
                .put("since", answer.state().since())
                .put("epoch", answer.epoch())
                .put("seq", answer.seq())
                .put("age_ms", newest == null ? null : age(newest))
                .put("newest", newest == null ? null : ValueReport.of(newest))
                .put("pinned", pinned)
                .put("holders", sessions);
    }

    private long age(Tick tick) {
        return Math.max(0, wallMillis.getAsLong() - tick.receivedAt() / MICROS_PER_MILLI);
    }
}
