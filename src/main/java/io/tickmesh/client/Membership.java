package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.tickmesh.market.Tick;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session's place in an audience, and what it is owed there.
 *
 * <p>While the session's queue is empty and its client keeps up, shared frames go straight through and nothing is
 * remembered here. Otherwise this notes what happened, and {@link #writeOwed} writes the newest of it: the memory of a
 * slow session is bounded by the topics it holds.
 */
public final class Membership {
    final Session session;
    final Object key;
    int place;
    private Audience audience;
    private Object subject;
    private boolean active;
    private boolean left;
    private boolean waiting;
    private boolean once;
    private boolean owesSnapshot;
    private boolean owesReset;
    private boolean owesTick;
    private boolean owesState;
    private int conflated;
    private long lost;
    private @Nullable Pace pace;
    private @Nullable Missed missed;
    private @Nullable Consumer<Membership> onAnswer;

    Membership(Session session, Object key, Object subject, Audience audience) {
        this.session = session;
        this.key = key;
        this.subject = subject;
        this.audience = audience;
    }

    public Audience audience() {
        return audience;
    }

    /** What the session holds, in the form that it gets it in. */
    public Object subject() {
        return subject;
    }

    /** What is owed stays owed, behind what the session was told of the change. */
    void moveTo(Object nextSubject, Audience next) {
        subject = nextSubject;
        audience = next;
        if (owesTick) {
            next.sharedTick();
        }
        if (session.unowe(this)) {
            session.owe(this);
        }
    }

    /** Calls once: when the owner has answered all topics of the audience, or the session leaves; perhaps at once. */
    public void whenAnswered(Consumer<Membership> handler) {
        if (audience.answered()) {
            handler.accept(this);
        } else {
            onAnswer = handler;
        }
    }

    void answered() {
        Consumer<Membership> handler = onAnswer;
        if (handler != null) {
            onAnswer = null;
            handler.accept(this);
        }
    }

    /** Ends the membership: whatever is owed is owed no more, and nobody waits for an answer. */
    void left() {
        left = true;
        active = false;
        missed = null;
        paceBy(Duration.ZERO);
        answered();
    }

    public boolean hasLeft() {
        return left;
    }

    /** Whether the session wants one value only. */
    public boolean once() {
        return once;
    }

    boolean active() {
        return active;
    }

    /** Gives the session a tick at most once in that time; zero: every one. What each of counts is never held back. */
    public void paceBy(Duration interval) {
        if (pace != null) {
            pace.end();
            pace = null;
            if (owesTick && active) {
                session.owe(this);
            }
        }
        if (!interval.isZero() && audience.conflates()) {
            pace = new Pace(this, session.hub().wheel(), interval.toNanos());
        }
    }

    /** From now on this session gets the ticks of the audience, the snapshot first. */
    public void activate() {
        if (left) {
            return;
        }
        active = true;
        if (audience.conflates()) {
            owesSnapshot = true;
            session.owe(this);
            return;
        }
        ByteBuf snapshot = audience.snapshotFrame();
        if (snapshot != null) {
            session.send(snapshot);
        }
    }

    /** From now on this session gets the ticks of the audience: it knows where that stands. */
    public void activateHere() {
        active = !left;
    }

    /** This session gets the first value there is, and leaves. */
    public void activateOnce() {
        if (left) {
            return;
        }
        active = true;
        once = true;
        if (audience.known()) {
            snapshotSoon();
        }
    }

    /** From now on this session gets what comes after a position of the only topic, first what it has missed. */
    public void resume(long epoch, long seq, List<Tick> ticks) {
        if (left) {
            return;
        }
        active = true;
        missed = new Missed(epoch, seq, ticks);
        if (!ticks.isEmpty()) {
            session.owe(this);
        }
    }

    /** From now on this session gets the ticks of the audience, and is told that they begin anew. */
    public void restart() {
        if (left) {
            return;
        }
        active = true;
        missed = null;
        if (audience.conflates()) {
            oweReset();
            return;
        }
        ByteBuf reset = audience.resetFrame();
        if (reset != null) {
            session.send(reset);
        }
    }

    /** Begins anew where the topic has not come to the position that the session resumed at. */
    public void restartIfAhead() {
        if (missed != null && missed.isAhead(audience)) {
            restart();
        }
    }

    private void snapshotSoon() {
        owesSnapshot = true;
        session.owe(this);
    }

    private void oweReset() {
        owesReset = true;
        owesTick = false;
        conflated = 0;
        lost = 0;
        session.owe(this);
    }

    /** Hands on a shared frame that need not wait, or must not be replaced while it waits. */
    private boolean passes(ByteBuf frame) {
        if (session.passes()) {
            session.pass(frame);
            return true;
        }
        if (!audience.conflates()) {
            session.keep(frame);
            return true;
        }
        return false;
    }

    /**
     * The owed tick, whose frame this is, is to be delivered whatever follows. It waits like an answer then; where there is
     * no room for it, the next tick replaces it after all.
     */
    void settle(ByteBuf owed) {
        int frames = 1 + (lost > 0 ? 1 : 0) + (conflated > 0 ? 1 : 0);
        if (owesTick && session.hasRoomToSpareFor(frames)) {
            session.unowe(this);
            announceJumps(session::send);
            session.keep(owed);
            owesTick = false;
            if (owesState) {
                session.owe(this);
            }
        }
    }

    void tick() {
        if (once) {
            snapshotSoon();
        } else if (passesMissed()) {
            if (pace == null) {
                tickNow();
            } else {
                tickAtPace(pace);
            }
        }
    }

    /** Whether what the topic now shows is news to the session. */
    private boolean passesMissed() {
        if (missed == null) {
            return true;
        }
        boolean passed = missed.isPassed(audience);
        if (passed && missed.unwritten() == 0) {
            missed = null;
        }
        return passed;
    }

    /** How many ticks that the session missed wait for it. */
    public int unwritten() {
        return missed == null ? 0 : missed.unwritten();
    }

    private void tickNow() {
        if (conflated == 0 && passes(audience.sharedTick())) {
            return;
        }
        if (owesTick || owesSnapshot || owesReset) {
            conflated += owesTick ? 1 : 0;
            session.conflated();
        }
        oweTick();
        session.owe(this);
    }

    private void tickAtPace(Pace limit) {
        conflated += owesTick ? 1 : 0;
        boolean tells = conflated > 0 && limit.mayTell();
        if (limit.admits() && !tells && !owesTick && passes(audience.sharedTick())) {
            limit.sent();
            return;
        }
        oweTick();
        if (limit.admits()) {
            session.owe(this);
        } else {
            limit.await();
        }
    }

    private void oweTick() {
        owesTick = !owesSnapshot && !owesReset;
    }

    /** The time has come for the tick that was held back. */
    void onPace() {
        if (owesTick) {
            session.owe(this);
        }
    }

    void reset(@Nullable ByteBuf frame) {
        if (once) {
            if (audience.known()) {
                snapshotSoon();
            }
            return;
        }
        if (frame == null || !passesMissed()) {
            return;
        }
        missed = null;
        if (passes(frame)) {
            owesTick = false;
            conflated = 0;
            lost = 0;
            return;
        }
        oweReset();
    }

    void gap(@Nullable ByteBuf frame, long ticks) {
        if (frame == null || once) {
            return;
        }
        long news = missed == null ? ticks : missed.newsIn(audience, ticks);
        if (news == 0 || (news == ticks && passes(frame))) {
            return;
        }
        if (!owesSnapshot && !owesReset) {
            lost += news;
            session.owe(this);
        }
    }

    void state(@Nullable ByteBuf frame) {
        if (frame == null || once || passes(frame)) {
            return;
        }
        owesState = true;
        session.owe(this);
    }

    /** Whether it is in the session's queue. */
    boolean waiting() {
        return waiting;
    }

    void waiting(boolean value) {
        waiting = value;
    }

    /** Writes what is owed, newest values only, each jump announced before its tick. */
    void writeOwed() {
        if (left) {
            return;
        }
        if (owesSnapshot || owesReset) {
            writeWhole();
        } else if (missed != null && !missed.write(this)) {
            session.owe(this);
            return;
        } else {
            writeTick();
        }
        if (owesState) {
            session.write(audience.stateFrame());
        }
        owesState = false;
    }

    private void writeWhole() {
        session.writeValue(owesSnapshot ? audience.snapshotFrame() : audience.resetFrame());
        owesState = false;
        owesSnapshot = false;
        owesReset = false;
        owesTick = false;
        conflated = 0;
        lost = 0;
        if (pace != null) {
            pace.sent();
        }
        if (once) {
            session.write(audience.doneFrame());
            active = false;
            session.hub().finish(this);
        }
    }

    private void writeTick() {
        boolean now = owesTick && (pace == null || pace.admits());
        if (now || lost > 0) {
            announceJumps(session::write);
        }
        if (now) {
            session.writeValue(audience.tickFrame());
            owesTick = false;
            if (pace != null) {
                pace.sent();
            }
        } else if (owesTick && pace != null) {
            pace.await();
        }
    }

    private void announceJumps(Consumer<ByteBuf> way) {
        ByteBuf gap = lost > 0 ? audience.gapFrame(lost) : null;
        if (gap != null) {
            way.accept(gap);
        }
        lost = 0;
        if (conflated > 0 && (pace == null || pace.mayTell())) {
            ByteBuf jump = audience.conflatedFrame(conflated);
            if (jump != null) {
                way.accept(jump);
            }
            conflated = 0;
            if (pace != null) {
                pace.told();
            }
        }
    }
}
