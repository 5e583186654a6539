package io.tickmesh.upstream;

import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the meaning of a provider's frames to where it belongs: session, registrations or topics. */
final class FrameReader implements FeedEvents {
    private static final Logger LOG = LoggerFactory.getLogger(FrameReader.class);

    private final PoolSetup setup;
    private final FeedSession session;
    private final Registrar registrar;
    private final PoolTopics topics;
    private final PoolMeters meters;
    private final Rarely complaints = new Rarely();
    private long now;
    private long receivedAt;

    FrameReader(PoolSetup setup, FeedSession session, Registrar registrar, PoolTopics topics, PoolMeters meters) {
        this.setup = setup;
        this.session = session;
        this.registrar = registrar;
        this.topics = topics;
        this.meters = meters;
    }

    void read(FeedProtocol protocol, byte[] message, int length, long time, long wallMicros) {
        now = time;
        receivedAt = wallMicros;
        meters.frames.increment();
        protocol.decode(message, length, wallMicros, this);
    }

    @Override
    public void onLoginAccepted() {
        session.onLoginAccepted(now);
    }

    @Override
    public void onLoginRefused(LoginRefusal kind, String text) {
        meters.refusals.increment();
        session.onRefused(kind, setup.masked(text), now);
    }

    @Override
    public void onAcknowledged(ControlOp op) {
        registrar.onAcknowledged(op, now);
    }

    @Override
    public void onRefused(ControlOp op, int status, String text) {
        meters.refusals.increment();
        registrar.onRefused(op, setup.masked(text), now);
    }

    @Override
    public void onHeartbeat() {
        // That there was a frame is all it says, and the session knows.
    }

    @Override
    public void onTrade(Reading reading) {
        @Nullable TopicLine line = streaming() ? topics.heldTrade(reading) : null;
        if (line != null) {
            confirm(line);
            topics.trade(line, reading, receivedAt);
        }
    }

    @Override
    public void onQuote(Reading reading) {
        @Nullable TopicLine line = streaming() ? topics.heldQuote(reading) : null;
        if (line != null) {
            confirm(line);
            topics.quote(line, reading, receivedAt);
        }
    }

    @Override
    public void onTradeBreak(Reading reading) {
        @Nullable TopicLine line = streaming() ? topics.heldTrade(reading) : null;
        if (line != null) {
            confirm(line);
            topics.tradeBreak(line, reading, receivedAt);
        }
    }

    /** What stands behind a refusal in the same frame is read no more. */
    private boolean streaming() {
        return session.state() == FeedState.STREAMING;
    }

    private void confirm(TopicLine line) {
        if (line.dataState() != DataState.LIVE) {
            registrar.onData(line.code.code);
        }
    }

    @Override
    public void onUnknown() {
        meters.unknownFrames.increment();
    }

    @Override
    public void onBadFrame(String reason) {
        meters.badFrames.increment();
        if (complaints.allows(now)) {
            LOG.atWarn()
                    .addKeyValue("feed", setup.feed().id())
                    .addKeyValue("error", setup.masked(reason))
                    .log("upstream frame dropped");
        }
    }
}
