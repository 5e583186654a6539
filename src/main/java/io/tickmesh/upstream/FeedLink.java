package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a feed within one epoch: its session, its registrations and what its frames mean. A connection that
 * is not the feed's first opens when it has something to carry.
 */
final class FeedLink implements Slots.Carrier, FeedSession.Wire, FeedSession.Listener, Registrar.Listener {
    /** Whom it serves. */
    interface Pool {
        /** Something happens now. */
        void at(long now);

        void onReading(FeedLink link, Kind kind, Reading reading, long receivedAt);

        void onTradeBreak(FeedLink link, Reading reading, long receivedAt);

        /** The provider was asked for a registration, delivers it, refuses it, or has let it go. */
        void onRegistration(FeedLink link, String code, Registered what, String text);

        /** The provider has let the session in. */
        void onStreaming(FeedLink link);

        /** The session ended though nobody wanted it to. */
        void onError(FeedLink link);

        /** The provider wants no connection of this feed for so long. */
        void onRest(FeedLink link, Duration pause);

        /** The session is in another state. */
        void onState(FeedLink link);
    }

    private static final Set<FeedState> USABLE = Set.of(
            FeedState.PASSIVE, FeedState.CONNECTING, FeedState.LOGGING_IN, FeedState.STREAMING, FeedState.WAITING);
    private static final String PAUSED = "paused by an operator";

    final FeedConfig feed;
    final LinkPlan plan;
    private final PoolSetup setup;
    private final PoolMeters meters;
    private final Pool pool;
    private final UpstreamLine line;
    private final Pass pass;
    private final SessionTokens tokens;
    private final Retries retries;
    private final SessionRules rules;
    private final Pacer pacer;
    private final FeedSession session;
    private final Registrar registrar;
    private final LinkFrames frames;
    private final @Nullable Idle idle;
    private @Nullable FeedProtocol protocol;
    private boolean paused;
    private boolean takeover;
    private boolean started;
    private long now;

    /** What a link belongs to. */
    record Place(PoolSetup setup, FeedConfig feed, LinkPlan plan, Retries retries) {}

    FeedLink(Place place, PoolMeters meters, Pool pool, UpstreamLine line, Pass pass) {
        this.setup = place.setup();
        this.feed = place.feed();
        this.plan = place.plan();
        this.retries = place.retries();
        this.meters = meters;
        this.pool = pool;
        this.line = line;
        this.pass = pass;
        this.tokens = new SessionTokens(pass, setup.provider().sessionTokens());
        this.rules = setup.provider().rules();
        this.idle = Idle.of(feed, setup.provider());
        this.pacer = new Pacer(rules.framesPerSecond(), rules.framesPerMinute());
        this.session = new FeedSession(setup.timing(), rules, retries, this, this);
        this.registrar = new Registrar(setup.timing(), rules, pacer, this);
        this.frames = new LinkFrames(this, pool, meters);
    }

    private void at(long time) {
        now = time;
        pool.at(time);
    }

    /** Begins; {@code first} connections open at once. */
    void start(boolean isPaused, boolean takenOver, boolean first, long time) {
        at(time);
        paused = isPaused;
        takeover = takenOver;
        if (idle == null && (first || isPaused)) {
            begin();
        }
        pool.onState(this);
    }

    private void begin() {
        if (!started && idle == null) {
            started = true;
            session.start(paused, takeover, now);
        }
    }

    void onOpened(int number, long time) {
        at(time);
        session.onOpened(number, now);
    }

    void onClosed(int number, String cause, long time) {
        at(time);
        session.onClosed(number, masked(cause), now);
    }

    /** The provider refused the account, or this attempt, before there was a WebSocket. */
    void onUpgradeRefused(int number, RestReply answer, long time) {
        at(time);
        String text = "HTTP " + answer.status();
        if (session.isCurrent(number) && answer.refusesAccount()) {
            onLoginRefused(LoginRefusal.NOT_ALLOWED, text);
        } else if (session.isCurrent(number)) {
            pool.onRest(this, setup.provider().pauseAfter(answer));
            session.onClosed(number, text, now);
        }
    }

    /** The provider answered a ping. */
    void onPong(int number, long time) {
        if (rules.pongsCount() && session.isCurrent(number)) {
            session.onFrame(time);
        }
    }

    /** A message of the provider, in the first {@code length} bytes; {@code wallMicros} since 1970. */
    void onMessage(int number, byte[] message, int length, long time, long wallMicros) {
        if (protocol != null && session.isCurrent(number)) {
            at(time);
            session.onFrame(now);
            meters.frames.increment();
            protocol.decode(message, length, wallMicros, frames.at(wallMicros));
        }
    }

    /** An operator wants it closed, or open again. */
    void pause(boolean pause, long time) {
        at(time);
        paused = pause;
        if (idle != null) {
            return;
        }
        begin();
        if (pause) {
            session.pause(now);
        } else {
            session.resume(now);
        }
    }

    /** Connects anew at once, as an operator asked; null, or why not. */
    @Nullable
    String reconnect(long time) {
        at(time);
        if (idle != null || session.state() == FeedState.PAUSED) {
            return reason();
        }
        session.reconnect(now);
        return null;
    }

    /** Does what has become due. */
    void wake(long time) {
        at(time);
        session.wake(now);
        registrar.wake(now);
    }

    long nanosToWake(long time) {
        return Math.min(session.nanosToWake(time), registrar.nanosToWake(time));
    }

    /** Ends without a word to anyone. */
    void stop() {
        session.stop();
    }

    FeedState state() {
        return idle == null ? session.state() : idle.state();
    }

    /** Why it does not stream; empty if nothing failed yet. */
    String reason() {
        if (idle != null) {
            return idle.reason();
        }
        return session.state() == FeedState.PAUSED ? PAUSED : retries.reason();
    }

    /** Why no topic can be had from it, or null. */
    @Nullable
    String refusal() {
        return idle == null ? null : idle.refusal();
    }

    boolean streams() {
        return idle == null && session.state() == FeedState.STREAMING;
    }

    /** Whether the session has lasted for a while. */
    boolean isStable() {
        return streams() && session.streamsFor(now, setup.timing().stableAfter());
    }

    boolean delivers(String code) {
        return streams() && registrar.delivers(code);
    }

    /** See {@link Pass#sealed}. */
    String sealedTokens() {
        return pass.sealed();
    }

    Retries retries() {
        return retries;
    }

    int registered() {
        return registrar.registered();
    }

    String masked(String text) {
        return pass.masked(setup.masked(text));
    }

    @Override
    public boolean mayCarry(Registration registration) {
        return plan.mayCarry(registration, feed.id());
    }

    @Override
    public boolean usable() {
        return USABLE.contains(state());
    }

    @Override
    public void want(String code, long time) {
        now = time;
        begin();
        registrar.want(code, time);
    }

    @Override
    public void release(String code, long time) {
        registrar.release(code, time);
    }

    @Override
    public void connect(int number) {
        tokens.provide(now, (refusal, time) -> {
            if (session.isCurrent(number)) {
                at(time);
                onTokens(number, refusal);
            }
        });
    }

    private void onTokens(int number, Pass.@Nullable Refusal refusal) {
        if (refusal != null) {
            session.onNoToken(refusal.with(masked(refusal.text())), now);
            return;
        }
        Access access = pass.access();
        protocol = setup.provider().protocol(access, plan);
        meters.connects.increment();
        session.onDialling(number, now);
        line.connect(number, setup.provider().handshake(access, plan));
    }

    @Override
    public boolean login() {
        @Nullable String login = protocol == null ? null : protocol.login();
        if (login == null) {
            return false;
        }
        pacer.onSent(now);
        line.send(login);
        return true;
    }

    @Override
    public void ping() {
        line.ping();
    }

    @Override
    public void close() {
        line.close();
    }

    @Override
    public void onStreaming(long time) {
        pool.onStreaming(this);
        registrar.onConnected(time);
    }

    @Override
    public void onDown(SessionEnd end, long time) {
        meters.onClosed(end);
        if (end.isError()) {
            pool.onError(this);
        }
        registrar.onDisconnected(end == SessionEnd.CLOSED);
    }

    @Override
    public void onChanged() {
        pool.onState(this);
    }

    @Override
    public void transmit(ControlOp op, List<String> codes) {
        if (protocol != null) {
            line.send(op == ControlOp.SUBSCRIBE ? protocol.subscribe(codes) : protocol.unsubscribe(codes));
        }
        if (op == ControlOp.SUBSCRIBE) {
            codes.forEach(code -> pool.onRegistration(this, code, Registered.SENT, ""));
        }
    }

    @Override
    public void onConfirmed(String code) {
        tokens.onUsed();
        pool.onRegistration(this, code, Registered.CONFIRMED, "");
    }

    @Override
    public void onRefused(String code, String text) {
        pool.onRegistration(this, code, Registered.REFUSED, text);
    }

    @Override
    public void onFull(String code, String text) {
        pool.onRegistration(this, code, Registered.FULL, text);
    }

    @Override
    public void onGone(String code) {
        pool.onRegistration(this, code, Registered.GONE, "");
    }

    @Override
    public void onAckTimeout() {
        meters.ackTimeouts.increment();
    }

    long now() {
        return now;
    }

    void send(String text) {
        line.send(text);
    }

    void onAccepted() {
        session.onLoginAccepted(now);
    }

    void onLoginRefused(LoginRefusal kind, String text) {
        meters.refusals.increment();
        session.onRefused(tokens.onRefused(kind), masked(text), now);
    }

    void onAnswer(ControlOp op) {
        registrar.onAcknowledged(op, now);
    }

    void onAnswerNo(ControlOp op, String text) {
        meters.refusals.increment();
        if (rules.acknowledges() || registrar.waitsFor(op)) {
            registrar.onRefused(op, masked(text), now);
        } else {
            // silence was taken for consent, so nobody knows what is registered
            session.onRefused(LoginRefusal.TEMPORARY, "a complaint came late: " + masked(text), now);
        }
    }

    void onAnswerFull(String text) {
        meters.refusals.increment();
        registrar.onFull(masked(text), now);
    }

    /** Data for a registration: as good as an answer. */
    void confirm(String code) {
        registrar.onData(code);
    }
}
