package io.tickmesh.client.eventbus;

import io.tickmesh.client.Audience;
import io.tickmesh.client.Dialect;
import io.tickmesh.client.DialectMeters;
import io.tickmesh.client.JsonRequest;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Session;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of the Vert.x event-bus bridge: topics are addresses to register at, commands are addresses to send to.
 *
 * <p>No bus is behind it. What a client may not do is worded as the bridge words it; its frames say neither which request
 * they answer, so a client can tell them only by what it just did.
 */
public final class BridgeDialect implements Dialect {
    /** The dialect's name in metrics and interest reports. */
    public static final String NAME = "eventbus";

    /** Where a session hears that the node is leaving, or cannot serve well. */
    static final String NODE_ADDRESS = "tickmesh.node";

    private static final int LONGEST_ADDRESS = 200;
    private static final int LONGEST_REPLY_ADDRESS = 36;

    private final BiFunction<Topic, DialectMeters, Audience> natively;
    private final Catalog catalog;
    private final LimitsConfig limits;
    private final Set<String> noticeFeeds;
    private final BridgeCommands commands;
    private final Delay delay;

    /** Runs a task on the event loop when an owner has had time enough to answer. */
    public interface Delay {
        void run(Runnable task);
    }

    /** What a session has registered at that is no topic. */
    private enum Extra {
        NODE
    }

    /**
     * The dialect on one event loop.
     *
     * @param natively makes the audiences whose events are the bodies
     * @param noticeFeeds the feeds whose private news every session of this door may have
     * @param time the answer to who asks for the time
     */
    public BridgeDialect(
            BiFunction<Topic, DialectMeters, Audience> natively,
            Catalog catalog,
            LimitsConfig limits,
            Set<String> noticeFeeds,
            Supplier<JsonObject> time,
            Delay delay) {
        this.natively = natively;
        this.catalog = catalog;
        this.limits = limits;
        this.noticeFeeds = Set.copyOf(noticeFeeds);
        this.delay = delay;
        this.commands = new BridgeCommands(this::ask, time);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void onOpen(Session session) {
        // the bridge says nothing before it is asked
    }

    @Override
    public void onBinary(Session session) {
        refuse(session, BridgeError.INVALID_JSON);
    }

    @Override
    public void onText(Session session, String text) {
        JsonObject frame;
        try {
            frame = JsonRequest.object(text);
        } catch (BadRequest e) {
            refuse(session, BridgeError.INVALID_JSON);
            return;
        }
        @Nullable BridgeError error = onFrame(session, frame);
        if (error != null) {
            refuse(session, error);
        }
    }

    @Override
    public void onTooFast(Session session, String words) {
        session.send(BridgeError.TOO_FAST.frame());
    }

    private @Nullable BridgeError onFrame(Session session, JsonObject frame) {
        Object type = frame.getValue("type");
        if (type == null) {
            return BridgeError.MISSING_TYPE;
        }
        if (type.equals("ping")) {
            return null;
        }
        if (!(frame.getValue("address") instanceof String address)) {
            return BridgeError.MISSING_ADDRESS;
        }
        if (type.equals("register")) {
            return register(session, address);
        }
        if (type.equals("unregister")) {
            return unregister(session, address);
        }
        if (type.equals("send")) {
            return send(session, address, frame);
        }
        return type.equals("publish") ? BridgeError.ACCESS_DENIED : BridgeError.INVALID_TYPE;
    }

    private @Nullable BridgeError register(Session session, String address) {
        if (isFull(session)) {
            return BridgeError.MAX_HANDLERS_REACHED;
        }
        if (address.length() > LONGEST_ADDRESS) {
            return BridgeError.MAX_ADDRESS_LENGTH_REACHED;
        }
        if (address.equals(NODE_ADDRESS)) {
            boolean already = hearsOfNode(session);
            session.attach(Extra.NODE);
            return already ? BridgeError.ADDRESS_ALREADY_REGISTERED : null;
        }
        TopicAddress topic = TopicAddress.of(address, catalog);
        if (topic == null || !allows(topic.topic())) {
            return BridgeError.ACCESS_DENIED;
        }
        Registration registration = Registration.of(session, topic);
        if (registration == null) {
            return BridgeError.ADDRESS_ALREADY_REGISTERED;
        }
        registration.receive(delay);
        return null;
    }

    private boolean isFull(Session session) {
        return session.memberships().size() >= limits.topicsPerSession();
    }

    private static boolean hearsOfNode(Session session) {
        return session.attachment(Extra.class) != null;
    }

    private boolean allows(Topic topic) {
        return topic.kind() != Kind.NOTICE
                || noticeFeeds.contains(topic.instrument().symbol());
    }

    /** Like the bridge, says nothing of an address that was not registered. */
    private @Nullable BridgeError unregister(Session session, String address) {
        if (address.equals(NODE_ADDRESS)) {
            session.attach(null);
            return null;
        }
        TopicAddress topic = TopicAddress.of(address, catalog);
        if (topic == null) {
            return BridgeError.ACCESS_DENIED;
        }
        session.hub().leave(session, topic);
        return null;
    }

    private @Nullable BridgeError send(Session session, String address, JsonObject frame) {
        if (!commands.has(address)) {
            return BridgeError.ACCESS_DENIED;
        }
        Object replyAddress = frame.getValue("replyAddress");
        if (replyAddress == null) {
            return null;
        }
        if (!(replyAddress instanceof String reply) || reply.length() > LONGEST_REPLY_ADDRESS) {
            return BridgeError.INVALID_REPLY_ADDRESS;
        }
        commands.run(session, address, frame.getValue("body"), reply);
        return null;
    }

    /** Replies with the newest value of a topic; says why not if there is a reason. */
    private @Nullable String ask(Session session, String text, String replyAddress, long question) {
        if (isFull(session)) {
            return "a session may hold at most " + limits.topicsPerSession() + " topics";
        }
        Topic topic;
        try {
            topic = catalog.topic(text);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        if (!allows(topic)) {
            return "notice topics need the right to the account; they are off";
        }
        Registration registration = Registration.of(session, new TopicAddress(replyAddress, topic, question));
        if (registration != null) {
            registration.ask(delay);
        }
        return null;
    }

    private static void refuse(Session session, BridgeError error) {
        session.meters().badRequest();
        session.send(error.frame());
    }

    static void fail(Session session, String address, int code, String type, @Nullable String message) {
        session.send(new JsonObject()
                .put("type", "err")
                .put("address", address)
                .put("failureCode", code)
                .put("failureType", type)
                .put("message", message)
                .encode());
    }

    static void deliver(Session session, String address, JsonObject body) {
        session.send(new JsonObject()
                .put("type", "rec")
                .put("address", address)
                .put("body", body)
                .encode());
    }

    @Override
    public void onFeed(FeedStatus before, FeedStatus now, Iterable<Session> sessions) {
        // every topic of the feed tells its own state
    }

    @Override
    public void onLeaving(Session session, long retryAfterMillis) {
        tell(session, new JsonObject().put("type", "leaving").put("retry_after_ms", retryAfterMillis));
    }

    @Override
    public void onElsewhere(Session session, String reason) {
        tell(session, new JsonObject().put("type", "elsewhere").put("reason", reason));
    }

    private static void tell(Session session, JsonObject news) {
        if (hearsOfNode(session)) {
            deliver(session, NODE_ADDRESS, news);
        }
    }

    @Override
    public Audience audienceOf(Object subject, DialectMeters meters) {
        TopicAddress address = (TopicAddress) subject;
        return new EnvelopeAudience(address, natively.apply(address.topic(), meters));
    }
}
