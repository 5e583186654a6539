package io.tickmesh.upstream;

import io.tickmesh.market.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the meaning of a connection's frames to where it belongs: session, registrations or topics. */
final class LinkFrames implements FeedEvents {
    private static final Logger LOG = LoggerFactory.getLogger(LinkFrames.class);

    private final FeedLink link;
    private final FeedLink.Pool pool;
    private final PoolMeters meters;
    private final Rarely complaints = new Rarely();
    private long receivedAt;

    LinkFrames(FeedLink link, FeedLink.Pool pool, PoolMeters meters) {
        this.link = link;
        this.pool = pool;
        this.meters = meters;
    }

    /** For a frame that came then, microseconds since 1970. */
    LinkFrames at(long wallMicros) {
        receivedAt = wallMicros;
        return this;
    }

    @Override
    public void onLoginAccepted() {
        link.onAccepted();
    }

    @Override
    public void onLoginRefused(LoginRefusal kind, String text) {
        link.onLoginRefused(kind, text);
    }

    @Override
    public void onAcknowledged(ControlOp op) {
        link.onAnswer(op);
    }

    @Override
    public void onRefused(ControlOp op, String text) {
        link.onAnswerNo(op, text);
    }

    @Override
    public void onFull(String text) {
        link.onAnswerFull(text);
    }

    @Override
    public void onHeartbeat() {
        // That there was a frame is all it says, and the session knows.
    }

    @Override
    public void onReply(String text) {
        link.send(text);
    }

    /** What stands behind a refusal in the same frame is read no more. */
    @Override
    public void onReading(Kind kind, Reading reading) {
        if (link.streams()) {
            pool.onReading(link, kind, reading, receivedAt);
        }
    }

    @Override
    public void onTradeBreak(Reading reading) {
        if (link.streams()) {
            pool.onTradeBreak(link, reading, receivedAt);
        }
    }

    @Override
    public void onUnknown() {
        meters.unknownFrames.increment();
    }

    @Override
    public void onBadFrame(String reason) {
        meters.badFrames.increment();
        if (complaints.allows(link.now())) {
            LOG.atWarn()
                    .addKeyValue("feed", link.plan.name())
                    .addKeyValue("error", link.masked(reason))
                    .log("upstream frame dropped");
        }
    }
}
