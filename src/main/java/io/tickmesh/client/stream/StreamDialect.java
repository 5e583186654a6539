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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The native dialect: {@code subscribe}, {@code resume}, {@code configure}, {@code unsubscribe}, {@code options},
 * {@code list}, {@code ping}.
 */
public final class StreamDialect implements Dialect {
    /** The dialect's name in metrics and interest reports. */
    public static final String NAME = "stream";

    private static final int PROTOCOL = 1;
    private static final List<String> FORMATS =
            Stream.of(Format.values()).map(Format::word).toList();

    /** An owner that has not answered by then is said to be silent; its answer still counts when it comes. */
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(3);

    private final Hub hub;
    private final Catalog catalog;
    private final LimitsConfig limits;
    private final Set<String> noticeFeeds;
    private final Delay delay;
    private final LongSupplier wallMillis;
    private final String node;
    private final FieldSets fieldSets = new FieldSets();
    private final HeldRequests heldRequests = new HeldRequests(this);
    private History history = History.NONE;
    private boolean wildcards;

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

    /** From now on what sessions missed is looked for there; without it whoever resumes begins anew. */
    public void historyFrom(History source) {
        history = source;
    }

    /** Whether sessions may ask for all topics of a kind and provider; without this they may not. */
    public void allowWildcards(boolean allowed) {
        wildcards = allowed;
    }

    boolean allowsWildcards() {
        return wildcards;
    }

    History history() {
        return history;
    }

    Catalog catalog() {
        return catalog;
    }

    LimitsConfig limits() {
        return limits;
    }

    FieldSets fieldSets() {
        return fieldSets;
    }

    /** Runs a task when whoever was asked should have answered. */
    void afterWait(Runnable task) {
        delay.run(ANSWER_WAIT, task);
    }

    @Override
    public void onOpen(Session session) {
        session.attach(new StreamSession());
        session.send(new JsonObject()
                .put("type", "hello")
                .put("protocol", PROTOCOL)
                .put("node", node)
                .put("session", node + '/' + session.id())
                .put("time", wallMillis.getAsLong())
                .put("formats", new JsonArray(FORMATS))
                .put(
                        "limits",
                        new JsonObject()
                                .put("topics", limits.topicsPerSession())
                                .put("topics_per_request", limits.symbolsPerRequest())
                                .put("message_bytes", limits.messageBytes()))
                .encode());
        try {
            useParameters(session);
        } catch (BadRequest e) {
            fail(session, null, ErrorCode.BAD_REQUEST, e.text());
        }
    }

    private static void useParameters(Session session) {
        @Nullable String batch = session.visit().parameter("batch");
        Object millis = batch != null && batch.matches("[0-9]{1,4}") ? Integer.valueOf(batch) : batch;
        StreamSession.of(session)
                .use(
                        session,
                        StreamSession.formatOf(session.visit().parameter("format")),
                        StreamSession.batchOf(millis));
    }

    @Override
    public void onBinary(Session session) {
        fail(session, null, ErrorCode.BAD_REQUEST, "Binary frames are not supported, send JSON text");
    }

    @Override
    public void onText(Session session, String text) {
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
            case "subscribe" -> subscribe(session, id, request);
            case "resume" -> resume(session, id, request);
            case "unsubscribe" -> heldRequests.unsubscribe(session, id, request);
            case "configure" -> heldRequests.configure(session, id, request);
            case "options" -> useOptions(session, id, request);
            case "list" ->
                session.send(answer("list", id)
                        .put(
                                "topics",
                                new JsonArray(Stream.of(session.memberships(), session.wildcards())
                                        .flatMap(held -> held.keySet().stream())
                                        .map(Object::toString)
                                        .toList()))
                        .encode());
            case "ping" -> session.send(pong(id, request.getValue("time")).encode());
            default -> fail(session, id, ErrorCode.UNKNOWN_TYPE, "Unknown type: " + Printable.of(type));
        }
    }

    private void subscribe(Session session, @Nullable Object id, JsonObject request) {
        List<String> topics = JsonRequest.texts(request, "topics", limits.symbolsPerRequest());
        new SubscribeRequest(this, session, id, Wish.of(request, topics)).run(topics);
    }

    private void resume(Session session, @Nullable Object id, JsonObject request) {
        List<ResumeRequest.Place> places = ResumeRequest.Place.of(request, limits.symbolsPerRequest());
        Wish wish =
                Wish.of(request, places.stream().map(ResumeRequest.Place::topic).toList());
        if (wish.preference() != Preference.BOTH) {
            throw new BadRequest("preference must be both where a session resumes");
        }
        new ResumeRequest(this, session, id, wish, places).run();
    }

    private static void useOptions(Session session, @Nullable Object id, JsonObject request) {
        @Nullable Format format = StreamSession.formatOf(request.getValue("format"));
        @Nullable Integer batch = StreamSession.batchOf(request.getValue("batch"));
        StreamSession state = StreamSession.of(session);
        session.send(answer("options", id)
                .put("format", (format == null ? state.format() : format).word())
                .put("batch", batch == null ? state.batchMillis() : batch)
                .encode());
        state.use(session, format, batch);
    }

    private JsonObject pong(@Nullable Object id, @Nullable Object time) {
        JsonObject pong = answer("pong", id).put("time", wallMillis.getAsLong());
        return time instanceof Number ? pong.put("echo", time) : pong;
    }

    boolean allows(Topic topic) {
        return topic.kind() != Kind.NOTICE
                || noticeFeeds.contains(topic.instrument().symbol());
    }

    static JsonObject answer(String type, @Nullable Object id) {
        JsonObject answer = new JsonObject().put("type", type);
        return id == null ? answer : answer.put("id", id);
    }

    static void failure(JsonObject result, ErrorCode code, @Nullable String message) {
        result.put("code", code.word()).put("message", message).put("retry", code.retry());
    }

    @Override
    public void onTooFast(Session session, String words) {
        sendError(session, null, ErrorCode.TOO_FAST, words);
    }

    private static void fail(Session session, @Nullable Object id, ErrorCode code, String message) {
        session.meters().badRequest();
        sendError(session, id, code, message);
    }

    private static void sendError(Session session, @Nullable Object id, ErrorCode code, String message) {
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

    /** An audience of a topic in plain JSON with all fields, for a dialect that puts these events into frames of its own. */
    public Audience plainAudienceOf(Topic topic, DialectMeters meters) {
        return audienceOf(new TopicForm(topic, new Form(Format.JSON, List.of())), meters);
    }

    @Override
    public Audience audienceOf(Object subject, DialectMeters meters) {
        TopicForm form = (TopicForm) subject;
        String pool = catalog.poolOf(form.topic());
        return new TopicAudience(
                form,
                fieldSets,
                () -> {
                    FeedStatus feed = hub.feedOf(pool);
                    return feed != null && feed.simulated();
                },
                meters);
    }
}
