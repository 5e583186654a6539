package io.tickmesh.upstream;

import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.FeedState;
import java.time.Duration;

/**
 * The session of a feed as a state machine without socket, timer or clock; {@code now} is {@link System#nanoTime()}.
 *
 * <pre>
 * Idle -> Preparing -> Connecting -> LoggingIn -> Streaming
 *              |            |            |            |
 *              +------------+------------+------------+--> Waiting(backoff) or Suspended(refused) -> Preparing
 *                                                     +--> Paused(operator) -> Preparing
 * </pre>
 *
 * Each connection has a number of its own. What comes from a connection that is no longer the current one is ignored.
 */
final class FeedSession {
    /** The socket side. */
    interface Wire {
        /**
         * Gets what a handshake needs and then opens a connection, which answers with its number: says {@link #onDialling}
         * or {@link #onNoToken}, at once or later.
         */
        void connect(int link);

        /** Sends the login; false if the provider wants none. */
        boolean login();

        void ping();

        /** Closes whatever there is of the current connection. */
        void close();
    }

    /** Who wants to know how the session fares. */
    interface Listener {
        void onStreaming(long now);

        void onDown(SessionEnd end, long now);

        /** After every change of state. */
        void onChanged();
    }

    /** So long after a takeover the provider may still count the session of the owner before. */
    private static final long CONTESTED = 120_000_000_000L;

    /** So long after a session ended the provider may still count it, where it is the newcomer that is refused. */
    private static final long HELD = 60_000_000_000L;

    private static final Duration IN_USE_PAUSE = Duration.ofSeconds(7);
    private static final Duration TOKEN_SLACK = Duration.ofSeconds(10);
    private static final String NO_TOKEN = "cannot get a token: ";

    private final UpstreamConfig timing;
    private final SessionRules rules;
    private final long watchdog;
    private final Retries retries;
    private final Wire wire;
    private final Listener listener;
    private SessionPhase phase = new SessionPhase.Idle();
    private int link;
    private long lastFrame;
    private long lastPing;
    private boolean takeover;
    private long begun;
    private boolean logsIn = true;
    private boolean lost;
    private long lostAt;

    FeedSession(UpstreamConfig timing, SessionRules rules, Retries retries, Wire wire, Listener listener) {
        this.timing = timing;
        this.rules = rules;
        this.watchdog = (rules.watchdog() == null ? timing.watchdog() : rules.watchdog()).toNanos();
        this.retries = retries;
        this.wire = wire;
        this.listener = listener;
    }

    /**
     * Begins; a pause that is not over yet is kept.
     *
     * @param paused by an operator: then nothing is connected
     * @param takenOver whether another owner of the pool was connected before
     */
    void start(boolean paused, boolean takenOver, long now) {
        takeover = takenOver;
        begun = now;
        if (paused) {
            to(new SessionPhase.Paused());
        } else if (retries.pausing() && retries.pauseEnd() - now > 0) {
            to(new SessionPhase.Pausing(retries.suspended() ? FeedState.SUSPENDED : FeedState.WAITING));
        } else {
            connect(now);
        }
    }

    private void connect(long now) {
        link++;
        retries.onAttempt();
        to(new SessionPhase.Preparing(now + tokenTimeout().toNanos()));
        wire.connect(link);
    }

    /** Longer than a request for a token may take, so that this is the reason only where nobody knows a better one. */
    private Duration tokenTimeout() {
        return timing.connectTimeout().plus(TOKEN_SLACK);
    }

    /** The tokens are there and the socket is being opened: only now the provider is waited for. */
    void onDialling(int number, long now) {
        if (isCurrent(number) && phase instanceof SessionPhase.Preparing) {
            to(new SessionPhase.Connecting(now + timing.connectTimeout().toNanos()));
        }
    }

    /** There is no token to connect with. */
    void onNoToken(Pass.Refusal refusal, long now) {
        if (!attached()) {
            return;
        }
        boolean later = refusal.kind() == LoginRefusal.TEMPORARY;
        String cause = later ? NO_TOKEN + refusal.text() : refused(": " + refusal.text());
        if (!refusal.asked()) {
            retries.onTooEarly(cause, !later, refusal.pause(), now);
        } else if (later) {
            retries.onFailure(cause, refusal.pause(), now);
        } else {
            retries.onRefusal(cause, refusal.pause(), now);
        }
        down(SessionEnd.TOKEN_FAILED, later ? FeedState.WAITING : FeedState.SUSPENDED, now);
    }

    private static String refused(String said) {
        return "the provider refuses the login" + said + "; check the key and what its plan allows";
    }

    private void to(SessionPhase next) {
        phase = next;
        listener.onChanged();
    }

    /** Whether that connection is still the one that counts. */
    boolean isCurrent(int number) {
        return number == link && attached();
    }

    private boolean attached() {
        return phase instanceof SessionPhase.Preparing
                || phase instanceof SessionPhase.Connecting
                || phase instanceof SessionPhase.LoggingIn
                || phase instanceof SessionPhase.Streaming;
    }

    void onOpened(int number, long now) {
        if (!isCurrent(number) || !(phase instanceof SessionPhase.Connecting)) {
            return;
        }
        lastFrame = now;
        lastPing = now;
        to(new SessionPhase.LoggingIn(now + timing.loginTimeout().toNanos()));
        logsIn = wire.login();
        if (!logsIn) {
            toStreaming(now);
        }
    }

    void onClosed(int number, String cause, long now) {
        if (!isCurrent(number)) {
            return;
        }
        if (phase instanceof SessionPhase.Connecting) {
            fail(SessionEnd.CONNECT_FAILED, "cannot connect: " + cause, now);
        } else {
            fail(SessionEnd.CLOSED, lost(cause), now);
        }
    }

    /** The provider sent something, whatever it was. */
    void onFrame(long now) {
        lastFrame = now;
    }

    void onLoginAccepted(long now) {
        if (phase instanceof SessionPhase.LoggingIn) {
            toStreaming(now);
        }
    }

    private void toStreaming(long now) {
        retries.onStreaming();
        to(new SessionPhase.Streaming(now));
        listener.onStreaming(now);
    }

    /** The provider does not let this session in, or throws it out; at the upgrade, at the login or later. */
    void onRefused(LoginRefusal kind, String text, long now) {
        if (!attached()) {
            return;
        }
        String said = text.isEmpty() ? "" : ": " + text;
        switch (kind) {
            case TEMPORARY -> fail(SessionEnd.LOGIN_FAILED, lost("login failed" + said), now);
            case NOT_ALLOWED, STALE_TOKEN -> suspend(SessionEnd.NOT_ALLOWED, refused(said), now);
            case ELSEWHERE -> onElsewhere(said, now);
        }
    }

    /** Soon after a takeover it is the session of the owner before, which nobody uses any more. */
    private void onElsewhere(String said, long now) {
        String cause = "the key is in use by another connection" + said;
        if (takeover && !due(begun + CONTESTED, now)) {
            contested(cause + "; most likely that of the owner before", now);
        } else if (!logsIn && lost && !due(lostAt + HELD, now)) {
            contested(cause + "; most likely the one that was lost before", now);
        } else {
            suspend(SessionEnd.ELSEWHERE, cause + "; standing back, so that the two do not fight", now);
        }
    }

    private Duration inUsePause() {
        return rules.inUsePause() == null ? IN_USE_PAUSE : rules.inUsePause();
    }

    private void contested(String cause, long now) {
        retries.onContested(cause, inUsePause(), now);
        down(SessionEnd.ELSEWHERE, FeedState.WAITING, now);
    }

    /** Closes the connection, and opens none until {@link #resume}. */
    void pause(long now) {
        if (phase instanceof SessionPhase.Paused) {
            return;
        }
        boolean wasAttached = attached();
        phase = new SessionPhase.Paused();
        if (wasAttached) {
            wire.close();
            listener.onDown(SessionEnd.PAUSED, now);
        }
        listener.onChanged();
    }

    /** Connects at once, whatever failed before the pause. */
    void resume(long now) {
        if (phase instanceof SessionPhase.Paused) {
            retries.forget();
            connect(now);
        }
    }

    /** Connects anew at once, unless it is paused. */
    void reconnect(long now) {
        if (phase instanceof SessionPhase.Paused || phase instanceof SessionPhase.Idle) {
            return;
        }
        retries.forget();
        if (attached()) {
            phase = new SessionPhase.Pausing(FeedState.WAITING);
            wire.close();
            listener.onDown(SessionEnd.RECONNECTED, now);
        }
        connect(now);
    }

    private static String lost(String cause) {
        return "WebSocket connection closed: " + cause;
    }

    private void fail(SessionEnd end, String cause, long now) {
        if (phase instanceof SessionPhase.Streaming) {
            lost = true;
            lostAt = now;
        }
        retries.onFailure(cause, now);
        down(end, FeedState.WAITING, now);
    }

    private void suspend(SessionEnd end, String cause, long now) {
        retries.onRefusal(cause, now);
        down(end, FeedState.SUSPENDED, now);
    }

    private void down(SessionEnd end, FeedState state, long now) {
        phase = new SessionPhase.Pausing(state);
        wire.close();
        listener.onDown(end, now);
        listener.onChanged();
    }

    /** Forgets its connection without a word to the provider; the pool may act no more. */
    void stop() {
        phase = new SessionPhase.Idle();
        link++;
    }

    /** Does what has become due. */
    void wake(long now) {
        if (phase instanceof SessionPhase.Preparing preparing) {
            if (due(preparing.deadline(), now)) {
                String cause = NO_TOKEN + "nothing came within " + Words.duration(tokenTimeout());
                fail(SessionEnd.TOKEN_FAILED, cause, now);
            }
        } else if (phase instanceof SessionPhase.Connecting connecting) {
            if (due(connecting.deadline(), now)) {
                fail(
                        SessionEnd.CONNECT_TIMEOUT,
                        "cannot connect: no answer within " + Words.duration(timing.connectTimeout()),
                        now);
            }
        } else if (phase instanceof SessionPhase.LoggingIn loggingIn) {
            if (due(loggingIn.deadline(), now)) {
                fail(
                        SessionEnd.LOGIN_TIMEOUT,
                        lost("no answer to the login within " + Words.duration(timing.loginTimeout())),
                        now);
            }
        } else if (phase instanceof SessionPhase.Streaming streaming) {
            watch(streaming, now);
        } else if (phase instanceof SessionPhase.Pausing && due(retries.pauseEnd(), now)) {
            connect(now);
        }
    }

    private void watch(SessionPhase.Streaming streaming, long now) {
        if (due(lastFrame + watchdog, now)) {
            fail(SessionEnd.SILENT, lost("no frame for " + Words.nanos(watchdog)), now);
            return;
        }
        if (retries.unproven() && due(streaming.since() + timing.stableAfter().toNanos(), now)) {
            retries.onStable();
            listener.onChanged();
        }
        if (rules.pings() && due(lastPing + timing.pingInterval().toNanos(), now)) {
            lastPing = now;
            wire.ping();
        }
    }

    private static boolean due(long moment, long now) {
        return moment - now <= 0;
    }

    /** Nanoseconds until {@link #wake} has something to do. */
    long nanosToWake(long now) {
        if (phase instanceof SessionPhase.Streaming streaming) {
            long next = lastFrame + watchdog - now;
            if (rules.pings()) {
                next = Math.min(next, lastPing + timing.pingInterval().toNanos() - now);
            }
            return retries.unproven()
                    ? Math.min(next, streaming.since() + timing.stableAfter().toNanos() - now)
                    : next;
        }
        if (phase instanceof SessionPhase.Preparing preparing) {
            return preparing.deadline() - now;
        }
        if (phase instanceof SessionPhase.Connecting connecting) {
            return connecting.deadline() - now;
        }
        if (phase instanceof SessionPhase.LoggingIn loggingIn) {
            return loggingIn.deadline() - now;
        }
        return phase instanceof SessionPhase.Pausing ? retries.pauseEnd() - now : Long.MAX_VALUE;
    }

    FeedState state() {
        return phase.state();
    }

    /** Whether it has streamed for so long. */
    boolean streamsFor(long now, Duration time) {
        return phase instanceof SessionPhase.Streaming streaming && due(streaming.since() + time.toNanos(), now);
    }
}
