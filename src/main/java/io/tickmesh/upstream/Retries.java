package io.tickmesh.upstream;

import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * How often a pool has failed in a row, and when it may try again. It belongs to the pool and outlives its sessions and
 * epochs: a new lease is no way around a pause.
 */
final class Retries {
    /** From this attempt on an operator is told that it does not look like a hiccup. */
    private static final int MANY = 6;

    private static final double JITTER = 0.2;
    private static final int LONGEST_REFUSED_PAUSE = 6;

    private final UpstreamConfig timing;
    private final DoubleSupplier random;
    private int attempts;
    private int refusals;
    private boolean suspended;
    private boolean pausing;
    private long pauseEnd;
    private boolean attempting;
    private boolean resting;
    private long restEnd;
    private String reason = "";

    /** Pauses by {@code timing}; {@code random} gives numbers from 0 to 1. */
    Retries(UpstreamConfig timing, DoubleSupplier random) {
        this.timing = timing;
        this.random = random;
    }

    /** A connect or a session failed; the next attempt is due at {@link #pauseEnd()}. */
    void onFailure(String cause, long now) {
        onFailure(cause, 0, now);
    }

    /** As {@link #onFailure}; the next attempt is due after {@code least} nanoseconds or later. */
    void onFailure(String cause, long least, long now) {
        attempts++;
        reason = attempts < MANY
                ? cause
                : "Max reconnection attempts reached, trying on every " + Words.duration(timing.backoffMost()) + ": "
                        + cause;
        pause(now + Math.max(least, backoff(attempts)), false);
    }

    /** The provider refused the account; the next attempt is minutes away. */
    void onRefusal(String cause, long now) {
        onRefusal(cause, 0, now);
    }

    /** As {@link #onRefusal}; the next attempt is {@code least} nanoseconds away or more. */
    void onRefusal(String cause, long least, long now) {
        long pause = Math.max(least, refusedPause());
        refusals++;
        reason = cause + "; next try in " + Words.nanos(pause);
        pause(now + pause, true);
    }

    /** The provider still counts the session of the owner before: no failure of ours, so nothing grows. */
    void onContested(String cause, Duration pause, long now) {
        reason = cause + "; next try in " + Words.duration(pause);
        pause(now + pause.toNanos(), false);
    }

    /** Nothing was tried, as it was too early: the pause is what is left of the one before, and no count grows. */
    void onTooEarly(String cause, boolean refused, long wait, long now) {
        reason = cause + "; next try in " + Words.nanos(wait);
        pause(now + wait, refused);
    }

    /** Goes on from where another owner stood: a takeover is no way around a pause, and gives none where it had none. */
    void inherit(FeedStatus status, long now, long wallMillis) {
        forget();
        attempts = status.attempts();
        refusals = status.refusals();
        boolean refused = status.state() == FeedState.SUSPENDED;
        if (refused || status.state() == FeedState.WAITING) {
            long longest = refused
                    ? timing.refusedPause().toNanos() * LONGEST_REFUSED_PAUSE
                    : (long) (timing.backoffMost().toNanos() * (1 + JITTER));
            long left = TimeUnit.MILLISECONDS.toNanos(status.retryAt() - wallMillis);
            reason = status.reason();
            pause(now + Math.max(0, Math.min(longest, left)), refused);
        }
    }

    /** The provider wants no attempt before then; one that is under way is not broken off. */
    void restUntil(long end, long now) {
        if (end - now <= 0 || (resting && restEnd - end >= 0)) {
            return;
        }
        resting = true;
        restEnd = end;
        if (!attempting) {
            pause(pausing && pauseEnd - now > 0 ? pauseEnd : now, suspended);
        }
    }

    /** An operator begins anew. */
    void forget() {
        resting = false;
        onAttempt();
        attempting = false;
        onStable();
        onStreaming();
    }

    private void pause(long end, boolean suspend) {
        pausing = true;
        attempting = false;
        suspended = suspend;
        pauseEnd = resting && restEnd - end > 0 ? restEnd : end;
    }

    /** The pause is over: the attempt begins. */
    void onAttempt() {
        attempting = true;
        pausing = false;
        suspended = false;
    }

    /** The session streams again: there is nothing to explain, but it may still prove a short joy. */
    void onStreaming() {
        reason = "";
    }

    /** The session has lasted. */
    void onStable() {
        attempts = 0;
        refusals = 0;
    }

    private long backoff(int attempt) {
        long most = timing.backoffMost().toNanos();
        if (attempt > timing.backoffDoublings() + 1) {
            return most + (long) (most * JITTER * random.getAsDouble());
        }
        return Math.min(most, timing.backoffFirst().toNanos() << (attempt - 1));
    }

    private long refusedPause() {
        long pause = timing.refusedPause().toNanos();
        return Math.min(pause * LONGEST_REFUSED_PAUSE, pause << Math.min(refusals, LONGEST_REFUSED_PAUSE));
    }

    boolean pausing() {
        return pausing;
    }

    boolean suspended() {
        return suspended;
    }

    long pauseEnd() {
        return pauseEnd;
    }

    /** Refused logins in a row without a stable session. */
    int refusals() {
        return refusals;
    }

    int attempts() {
        return attempts;
    }

    /** Whether the count of failures waits for a stable session to clear it. */
    boolean unproven() {
        return attempts > 0 || refusals > 0;
    }

    /** Why it does not stream, in words for an operator; empty if nothing failed yet. */
    String reason() {
        return reason;
    }
}
