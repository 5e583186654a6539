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

    /** What it belongs to where the session did not ask for the topic itself; else null. */
    final @Nullable Wildcard wildcard;

    int place;

    /** Whether it is in the session's queue. */
    boolean waiting;

    private Audience audience;
    private Object subject;
    private boolean active;
    private boolean left;
    private boolean once;
    private boolean ending;
    private boolean owesSnapshot;
    private boolean owesReset;
    private boolean owesTick;
    private boolean owesState;
    private final Jumps jumps = new Jumps();
    private @Nullable Pace pace;
    private @Nullable Missed missed;
    private @Nullable Consumer<Membership> onAnswer;

    Membership(Session session, Object key, Object subject, Audience audience, @Nullable Wildcard wildcard) {
        this.wildcard = wildcard;
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

    /** This session gets what it is owed, is told that no more will come, and leaves. */
    void endSoon() {
        ending = true;
        session.owe(this);
    }

    boolean ending() {
        return ending;
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
        if (!left) {
            active = true;
            ending = false;
            oweWhole(false);
        }
    }

    /** From now on this session gets the ticks of the audience: it knows where that stands. */
    public void activateHere() {
        active = !left;
    }

    /** This session gets the first value there is, and leaves. */
    public void activateOnce() {
        active = !left;
        once = true;
        if (active && audience.known()) {
            snapshotSoon();
        }
    }

    /** From now on this session gets what comes after a position of the only topic, first what it has missed. */
    public void resume(long epoch, long seq, List<Tick> ticks) {
        if (!left) {
            active = true;
            missed = new Missed(epoch, seq, ticks);
            session.owe(this);
        }
    }

    /** From now on this session gets the ticks of the audience, and is told that they begin anew. */
    public void restart() {
        if (!left) {
            active = true;
            missed = null;
            oweWhole(true);
        }
    }

    /** Begins anew where the topic has not come to the position that the session resumed at. */
    public void restartIfAhead() {
        if (missed != null && missed.isAhead(audience)) {
            restart();
        }
    }

    private void oweWhole(boolean anew) {
        if (!audience.conflates()) {
            session.sendIfAny(anew ? audience.resetFrame() : audience.snapshotFrame());
        } else if (anew) {
            oweReset();
        } else {
            snapshotSoon();
        }
    }

    private void snapshotSoon() {
        owesSnapshot = true;
        session.owe(this);
    }

    private void oweReset() {
        owesReset = true;
        owesTick = false;
        jumps.clear();
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
        if (owesTick && session.hasRoomToSpareFor(1 + jumps.frames())) {
            session.unowe(this);
            jumps.announce(audience, pace, session::send);
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

    /** Whether the topic now shows news to the session. */
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
        if (!jumps.hasReplaced() && passes(audience.sharedTick())) {
            return;
        }
        if (owesTick || owesSnapshot || owesReset) {
            replaceOwed();
            session.conflated();
        }
        oweTick();
        session.owe(this);
    }

    private void tickAtPace(Pace limit) {
        replaceOwed();
        boolean tells = jumps.hasReplaced() && limit.mayTell();
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

    private void replaceOwed() {
        if (owesTick) {
            jumps.replace();
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
        if (once && audience.known()) {
            snapshotSoon();
        }
        if (once || frame == null || !passesMissed()) {
            return;
        }
        missed = null;
        if (passes(frame)) {
            owesTick = false;
            jumps.clear();
        } else {
            oweReset();
        }
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
            jumps.lose(news);
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
        if (once || ending) {
            session.write(audience.doneFrame());
            active = false;
            session.hub().finish(this);
        }
    }

    private void writeWhole() {
        session.writeValue(owesSnapshot ? audience.snapshotFrame() : audience.resetFrame());
        owesState = false;
        owesSnapshot = false;
        owesReset = false;
        owesTick = false;
        jumps.clear();
        if (pace != null) {
            pace.sent();
        }
    }

    private void writeTick() {
        if (owesTick && (pace == null || pace.admits())) {
            jumps.announce(audience, pace, session::write);
            session.writeValue(audience.tickFrame());
            owesTick = false;
            if (pace != null) {
                pace.sent();
            }
        } else {
            jumps.announceLoss(audience, session::write);
            if (owesTick && pace != null) {
                pace.await();
            }
        }
    }
}
