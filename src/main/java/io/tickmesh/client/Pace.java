package io.tickmesh.client;

import java.util.concurrent.TimeUnit;

/** How often a membership is given a tick at most, and when it was last told how many were left out. */
final class Pace extends TimerWheel.Entry {
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Membership member;
    private final TimerWheel wheel;
    private final long interval;
    private long due;
    private long toldAt;

    Pace(Membership member, TimerWheel wheel, long intervalNanos) {
        this.member = member;
        this.wheel = wheel;
        this.interval = intervalNanos;
        this.due = wheel.now();
        this.toldAt = due - TELL_NANOS;
    }

    boolean admits() {
        return wheel.now() - due >= 0;
    }

    /** What comes late does not make the next come late too. */
    void sent() {
        long now = wheel.now();
        due = now - due < interval ? due + interval : now + interval;
    }

    /** Whether the client may be told again of what was left out. */
    boolean mayTell() {
        return wheel.now() - toldAt >= TELL_NANOS;
    }

    void told() {
        toldAt = wheel.now();
    }

    /** Has the membership write what it is owed when it may have it. */
    void await() {
        if (!scheduled()) {
            wheel.schedule(this, due);
        }
    }

    void end() {
        wheel.cancel(this);
    }

    @Override
    void onDue(long nanoTime) {
        member.onPace();
    }
}
