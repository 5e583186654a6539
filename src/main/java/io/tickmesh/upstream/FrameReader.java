package io.tickmesh.upstream;

import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.Kind;
import java.util.List;
import java.util.function.Consumer;
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
    private final Consumer<String> replies;
    private final Rarely complaints = new Rarely();
    private long now;
    private long receivedAt;

    FrameReader(
            PoolSetup setup,
            FeedSession session,
            Registrar registrar,
            PoolTopics topics,
            PoolMeters meters,
            Consumer<String> replies) {
        this.replies = replies;
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
    public void onRefused(ControlOp op, String text) {
        meters.refusals.increment();
        registrar.onRefused(op, setup.masked(text), now);
    }

    @Override
    public void onHeartbeat() {
        // That there was a frame is all it says, and the session knows.
    }

    @Override
    public void onFull(String text) {
        onRefused(ControlOp.SUBSCRIBE, text);
    }

    @Override
    public void onReply(String text) {
        replies.accept(text);
    }

    @Override
    public void onReading(Kind kind, Reading reading) {
        if (!streaming()) {
            return;
        }
        List<TopicLine> lines = topics.linesOf(kind, reading);
        for (int i = 0; i < lines.size(); i++) {
            TopicLine line = lines.get(i);
            if (line.held() && isFor(line, reading)) {
                confirm(line);
                topics.tell(line, reading, receivedAt);
            }
        }
    }

    private static boolean isFor(TopicLine line, Reading reading) {
        return reading.param().isEmpty() || reading.param().equals(line.topic.param());
    }

    @Override
    public void onTradeBreak(Reading reading) {
        if (!streaming()) {
            return;
        }
        List<TopicLine> lines = topics.linesOf(Kind.TRADE, reading);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).held()) {
                confirm(lines.get(i));
                topics.tellBreak(lines.get(i), reading, receivedAt);
            }
        }
    }

    /** What stands behind a refusal in the same frame is read no more. */
    private boolean streaming() {
        return session.state() == FeedState.STREAMING;
    }

    private void confirm(TopicLine line) {
        if (line.dataState() != DataState.LIVE) {
            registrar.onData(line.serving);
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
