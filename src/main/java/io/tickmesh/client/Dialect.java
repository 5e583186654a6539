package io.tickmesh.client;

import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.FeedStatus;

/** One client wire format: a codec and a table of commands. Lives on one event loop; knows no transport. */
public interface Dialect {
    /** Its name in metrics and for operators. */
    String name();

    /** What it allows a session, given what the node allows. */
    default SessionBounds bounds(LimitsConfig limits) {
        return SessionBounds.of(limits);
    }

    /** Greets a new session. */
    void onOpen(Session session);

    void onText(Session session, String text);

    void onBinary(Session session);

    /** The session sent more than it may: what it sent is dropped, and the words are for it. Said once a second. */
    void onTooFast(Session session, String words);

    /** The session is over; nothing can be sent to it any more. Its memberships end right after. */
    default void onClose(Session session, String cause) {}

    /** A feed came to another state. */
    void onFeed(FeedStatus before, FeedStatus now, Iterable<Session> sessions);

    /** The node is leaving and the session about to be closed; {@code retryAfterMillis} is its turn to come back. */
    default void onLeaving(Session session, long retryAfterMillis) {}

    /** The node cannot serve well; the client is better off at another. */
    default void onElsewhere(Session session, String reason) {}

    /** Makes the audience of a subject that nobody on this event loop has joined yet. */
    Audience audienceOf(Object subject, DialectMeters meters);
}
