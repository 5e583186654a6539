package io.tickmesh.upstream;

import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool within one epoch, without bus, socket or clock: interest and frames in, control frames and events out. A new
 * epoch gets a new one; nothing of the old one can leak into it.
 */
final class PoolEngine implements InterestBook.Changes, FeedSession.Wire, FeedSession.Listener, Registrar.Listener {
    /** The socket of the pool. */
    interface Uplink {
        void connect(int link);

        void send(String text);

        void ping();

        void close();
    }

    private static final String SUBSCRIBING = "subscribing";

    private final PoolSetup setup;
    private final long epoch;
    private final Retries retries;
    private final Uplink uplink;
    private final Outbox outbox;
    private final PoolMeters meters;
    private final LongSupplier wallMillis;
    private final PoolTopics topics;
    private final Pacer pacer;
    private final FeedSession session;
    private final Registrar registrar;
    private final FrameReader reader;
    private final @Nullable FeedState idle;
    private final String idleReason;
    private @Nullable FeedProtocol protocol;
    private @Nullable FeedStatus lastStatus;
    private long now;

    PoolEngine(
            PoolSetup setup,
            long epoch,
            Retries retries,
            Uplink uplink,
            Outbox outbox,
            PoolMeters meters,
            LongSupplier wallMillis) {
        this.setup = setup;
        this.epoch = epoch;
        this.retries = retries;
        this.uplink = uplink;
        this.outbox = outbox;
        this.meters = meters;
        this.wallMillis = wallMillis;
        this.topics = new PoolTopics(epoch, meters);
        this.pacer = new Pacer(setup.provider().controlFramesPerSecond());
        this.session = new FeedSession(setup.timing(), retries, this, this);
        this.registrar = new Registrar(setup.timing(), setup.feed().maxSubscriptions(), setup.provider(), pacer, this);
        this.reader = new FrameReader(setup, session, registrar, topics, meters);
        FeedConfig feed = setup.feed();
        if (feed.effectiveMode() == FeedConfig.Mode.OFF) {
            idle = FeedState.OFF;
            idleReason = "feed " + feed.id() + " is switched off";
        } else if (!setup.provider().configured(feed.credentials())) {
            idle = FeedState.UNCONFIGURED;
            idleReason = setup.provider().notConfigured();
        } else {
            idle = null;
            idleReason = "";
        }
    }

    /** Begins with the interest that is known. */
    void start(InterestBook book, long time) {
        now = time;
        if (idle == null) {
            session.start(now);
        }
        onChanged();
        book.replay(this);
    }

    void onInterest(InterestBook book, InterestUpdate update, long time) {
        now = time;
        book.apply(update, this);
    }

    void onOpened(int link, long time) {
        now = time;
        session.onOpened(link, now);
    }

    void onClosed(int link, String cause, long time) {
        now = time;
        session.onClosed(link, setup.masked(cause), now);
    }

    /** The provider refused the account before there was a WebSocket. */
    void onUpgradeRefused(int link, String text, long time) {
        now = time;
        if (session.isCurrent(link)) {
            session.onRefused(LoginRefusal.NOT_ALLOWED, setup.masked(text), now);
        }
    }

    /** A message of the provider, in the first {@code length} bytes; {@code receivedAt} in microseconds since 1970. */
    void onMessage(int link, byte[] message, int length, long time, long receivedAt) {
        now = time;
        if (protocol != null && session.isCurrent(link)) {
            session.onFrame(now);
            reader.read(protocol, message, length, now, receivedAt);
        }
    }

    /** Does what has become due. */
    void wake(long time) {
        now = time;
        session.wake(now);
        registrar.wake(now);
    }

    long nanosToWake(long time) {
        return Math.min(session.nanosToWake(time), registrar.nanosToWake(time));
    }

    /** Ends without a word to anyone. */
    void stop() {
        session.stop();
        meters.onPassive();
    }

    @Override
    public void onNode(String node) {
        if (lastStatus != null) {
            outbox.lane(node).add(lastStatus);
        }
    }

    @Override
    public void onHeld(String node, Topic topic) {
        Lane lane = outbox.lane(node);
        String code;
        try {
            code = setup.provider().codeOf(topic);
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            TopicState state = new TopicState(DataState.WAITING, why, wallMillis.getAsLong());
            lane.add(new Answer(topic, why, state, epoch, 0, null));
            return;
        }
        TopicLine line = topics.book.line(topic, code);
        if (!line.held()) {
            line.reset(SUBSCRIBING, wallMillis.getAsLong());
            topics.book.onHeld(line);
            registrar.want(code, now);
        }
        refresh(line);
        if (line.join(lane)) {
            lane.topics++;
        }
        lane.add(line.answer(epoch, idle == FeedState.OFF ? idleReason : null));
    }

    @Override
    public void onReleased(String node, Topic topic) {
        @Nullable TopicLine line = topics.book.find(topic);
        Lane lane = outbox.lane(node);
        if (line == null || !line.leave(lane)) {
            return;
        }
        lane.topics--;
        if (!line.held()) {
            topics.book.onReleased(line);
            if (line.code.held == 0) {
                registrar.release(line.code.code, now);
            }
        }
    }

    /** Brings the data state of a topic to what session and registration say. */
    private void refresh(TopicLine line) {
        if (idle != null) {
            say(line, DataState.WAITING, idleReason);
        } else if (session.state() != FeedState.STREAMING) {
            say(
                    line,
                    line.hasData() ? DataState.STALE : DataState.WAITING,
                    retries.reason().isEmpty() ? SUBSCRIBING : retries.reason());
        } else {
            refreshRegistered(line);
        }
    }

    private void refreshRegistered(TopicLine line) {
        String code = line.code.code;
        switch (registrar.standing(code)) {
            case REGISTERED -> say(line, DataState.LIVE, "");
            case REFUSED ->
                say(
                        line,
                        DataState.WAITING,
                        setup.provider().name() + " refused the subscription: " + registrar.refusal(code));
            case NO_SLOT ->
                say(
                        line,
                        DataState.WAITING,
                        "no slot: " + registrar.slotsUsed() + " of "
                                + setup.feed().maxSubscriptions() + " in use");
            case SUBSCRIBING -> {
                if (line.dataState() != DataState.STALE) {
                    say(line, DataState.WAITING, SUBSCRIBING);
                }
            }
        }
    }

    private void say(TopicLine line, DataState state, String reason) {
        line.say(state, reason, wallMillis.getAsLong());
    }

    private void refreshHeld() {
        for (TopicLine line : topics.book.lines()) {
            if (line.held()) {
                refresh(line);
            }
        }
    }

    @Override
    public void onStanding(String code) {
        @Nullable CodeLines lines = topics.book.ofCode(code);
        if (lines != null) {
            refreshIfHeld(lines.trade());
            refreshIfHeld(lines.quote());
        }
        onChanged();
    }

    private void refreshIfHeld(@Nullable TopicLine line) {
        if (line != null && line.held()) {
            refresh(line);
        }
    }

    @Override
    public void onStreaming(long time) {
        registrar.onConnected(time);
        refreshHeld();
        onChanged();
    }

    @Override
    public void onDown(SessionEnd end, long time) {
        meters.onClosed(end);
        registrar.onDisconnected(time);
        refreshHeld();
    }

    @Override
    public void onChanged() {
        @Nullable FeedStatus last = lastStatus;
        FeedState state = idle == null ? session.state() : idle;
        String reason = idle == null ? retries.reason() : idleReason;
        boolean same = last != null
                && last.state() == state
                && last.reason().equals(reason)
                && last.attempts() == retries.attempts()
                && last.registered() == registrar.registered();
        if (same) {
            return;
        }
        FeedConfig feed = setup.feed();
        FeedStatus status = new FeedStatus(
                setup.pool(),
                feed.id(),
                setup.provider().name(),
                feed.effectiveMode() == FeedConfig.Mode.SIM,
                setup.provider().configured(feed.credentials()),
                state,
                reason,
                last != null && last.state() == state ? last.since() : wallMillis.getAsLong(),
                retries.attempts(),
                registrar.registered(),
                feed.maxSubscriptions());
        lastStatus = status;
        meters.onStatus(status);
        outbox.lane(setup.node());
        for (Lane lane : outbox.lanes()) {
            if (lane.topics > 0 || lane.node.equals(setup.node())) {
                lane.add(status);
            }
        }
    }

    @Override
    public void connect(int link) {
        protocol = setup.provider().protocol(setup.feed().credentials());
        meters.connects.increment();
        uplink.connect(link);
    }

    @Override
    public boolean login() {
        @Nullable String login = protocol == null ? null : protocol.login();
        if (login == null) {
            return false;
        }
        pacer.onSent(now);
        uplink.send(login);
        return true;
    }

    @Override
    public void ping() {
        uplink.ping();
    }

    @Override
    public void close() {
        uplink.close();
    }

    @Override
    public void transmit(ControlOp op, List<String> codes) {
        if (protocol != null) {
            uplink.send(op == ControlOp.SUBSCRIBE ? protocol.subscribe(codes) : protocol.unsubscribe(codes));
        }
    }

    @Override
    public void onAckTimeout() {
        meters.ackTimeouts.increment();
    }
}
