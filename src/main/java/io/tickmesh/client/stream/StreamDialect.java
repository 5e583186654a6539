package io.tickmesh.client.stream;

import io.tickmesh.client.Audience;
import io.tickmesh.client.Dialect;
import io.tickmesh.client.DialectMeters;
import io.tickmesh.client.Hub;
import io.tickmesh.client.JsonRequest;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Session;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The native dialect: {@code subscribe}, {@code unsubscribe}, {@code list}, {@code ping}. */
public final class StreamDialect implements Dialect {
    /** The dialect's name in metrics and interest reports. */
    public static final String NAME = "stream";

    private static final int PROTOCOL = 1;
    /** An owner that has not answered by then is said to be silent; its answer still counts when it comes. */
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(3);

    private final Hub hub;
    private final Catalog catalog;
    private final LimitsConfig limits;
    private final Set<String> noticeFeeds;
    private final Delay delay;
    private final LongSupplier wallMillis;
    private final String node;

    /** Runs a task on the event loop after a time. */
    public interface Delay {
        void run(Duration after, Runnable task);
    }

    /**
     * The dialect on one event loop.
     *
     * @param noticeFeeds the feeds whose private news every session of this door may have
     */
    public StreamDialect(
            String node,
            Hub hub,
            Catalog catalog,
            LimitsConfig limits,
            Set<String> noticeFeeds,
            Delay delay,
            LongSupplier wallMillis) {
        this.node = node;
        this.hub = hub;
        this.catalog = catalog;
        this.limits = limits;
        this.noticeFeeds = Set.copyOf(noticeFeeds);
        this.delay = delay;
        this.wallMillis = wallMillis;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void onOpen(Session session) {
        session.send(new JsonObject()
                .put("type", "hello")
                .put("protocol", PROTOCOL)
                .put("node", node)
                .put("time", wallMillis.getAsLong())
                .encode());
    }

    @Override
    public void onBinary(Session session) {
        session.meters().request();
        fail(session, null, ErrorCode.BAD_REQUEST, "Binary frames are not supported, send JSON text");
    }

    @Override
    public void onText(Session session, String text) {
        session.meters().request();
        JsonObject request;
        try {
            request = JsonRequest.object(text);
        } catch (BadRequest e) {
            fail(session, null, ErrorCode.BAD_JSON, e.text());
            return;
        }
        Object id = request.getValue("id");
        try {
            onRequest(session, request, requireId(id));
        } catch (BadRequest e) {
            fail(session, id instanceof String || id instanceof Number ? id : null, ErrorCode.BAD_REQUEST, e.text());
        }
    }

    /** An id comes back in the answer as it is, so it must be small. */
    private static @Nullable Object requireId(@Nullable Object id) {
        if (id == null || id instanceof Number || (id instanceof String text && text.length() <= 64)) {
            return id;
        }
        throw new BadRequest("id must be a number or a string of at most 64 characters");
    }

    private void onRequest(Session session, JsonObject request, @Nullable Object id) {
        String type = JsonRequest.text(request, "type");
        switch (type) {
            case "subscribe" ->
                new SubscribeRequest(session, catalog, id, limits.topicsPerSession(), this::allows)
                        .run(topics(request), delay, ANSWER_WAIT);
            case "unsubscribe" -> unsubscribe(session, id, topics(request));
            case "list" ->
                session.send(answer("list", id)
                        .put(
                                "topics",
                                new JsonArray(session.memberships().keySet().stream()
                                        .map(Object::toString)
                                        .toList()))
                        .encode());
            case "ping" ->
                session.send(
                        answer("pong", id).put("time", wallMillis.getAsLong()).encode());
            default -> fail(session, id, ErrorCode.UNKNOWN_TYPE, "Unknown type: " + Printable.of(type));
        }
    }

    private boolean allows(Topic topic) {
        return topic.kind() != Kind.NOTICE
                || noticeFeeds.contains(topic.instrument().symbol());
    }

    private List<String> topics(JsonObject request) {
        return JsonRequest.texts(request, "topics", limits.symbolsPerRequest());
    }

    private void unsubscribe(Session session, @Nullable Object id, List<String> texts) {
        JsonArray results = new JsonArray();
        for (String text : texts) {
            JsonObject result = new JsonObject();
            try {
                Topic topic = catalog.topic(text);
                result.put("topic", topic.toString());
                boolean held = session.hub().leave(session, topic);
                result.put("ok", held);
                if (!held) {
                    failure(result, ErrorCode.NOT_HELD, "this session does not hold " + topic);
                }
            } catch (IllegalArgumentException e) {
                failure(result.put("topic", Printable.of(text)).put("ok", false), ErrorCode.BAD_TOPIC, e.getMessage());
            }
            results.add(result);
        }
        session.send(answer("unsubscribed", id).put("results", results).encode());
    }

    static JsonObject answer(String type, @Nullable Object id) {
        JsonObject answer = new JsonObject().put("type", type);
        return id == null ? answer : answer.put("id", id);
    }

    static void failure(JsonObject result, ErrorCode code, @Nullable String message) {
        result.put("code", code.word()).put("message", message).put("retry", code.retry());
    }

    private static void fail(Session session, @Nullable Object id, ErrorCode code, String message) {
        session.meters().badRequest();
        JsonObject error = answer("error", id);
        failure(error, code, message);
        session.send(error.encode());
    }

    @Override
    public void onFeed(FeedStatus before, FeedStatus now, Iterable<Session> sessions) {
        // every topic of the feed tells its own state
    }

    @Override
    public void onLeaving(Session session, long retryAfterMillis) {
        session.send(new JsonObject()
                .put("type", "leaving")
                .put("retry_after_ms", retryAfterMillis)
                .encode());
    }

    @Override
    public void onElsewhere(Session session, String reason) {
        session.send(
                new JsonObject().put("type", "elsewhere").put("reason", reason).encode());
    }

    @Override
    public Audience audienceOf(Object subject, DialectMeters meters) {
        Topic topic = (Topic) subject;
        String pool = catalog.poolOf(topic);
        return new TopicAudience(
                topic,
                () -> {
                    FeedStatus feed = hub.feedOf(pool);
                    return feed != null && feed.simulated();
                },
                meters);
    }
}
