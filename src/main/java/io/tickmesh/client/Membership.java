package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
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
    final Audience audience;
    final Object subject;
    int place;
    private boolean active;
    private boolean left;
    private boolean waiting;
    private boolean owesSnapshot;
    private boolean owesReset;
    private boolean owesTick;
    private boolean owesState;
    private int conflated;
    private long lost;
    private @Nullable Consumer<Membership> onAnswer;

    Membership(Session session, Audience audience, Object subject) {
        this.session = session;
        this.audience = audience;
        this.subject = subject;
    }

    public Audience audience() {
        return audience;
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
        answered();
    }

    public boolean hasLeft() {
        return left;
    }

    boolean active() {
        return active;
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

    void tick(ByteBuf frame) {
        if (passes(frame)) {
            return;
        }
        if (owesTick || owesSnapshot || owesReset) {
            conflated += owesTick ? 1 : 0;
            session.conflated();
        }
        owesTick = !owesSnapshot && !owesReset;
        session.owe(this);
    }

    void reset(@Nullable ByteBuf frame) {
        if (frame == null || passes(frame)) {
            return;
        }
        owesReset = true;
        owesTick = false;
        conflated = 0;
        lost = 0;
        session.owe(this);
    }

    void gap(@Nullable ByteBuf frame, long ticks) {
        if (frame == null || passes(frame)) {
            return;
        }
        if (!owesSnapshot && !owesReset) {
            lost += ticks;
            session.owe(this);
        }
    }

    void state(@Nullable ByteBuf frame) {
        if (frame == null || passes(frame)) {
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
        if (owesSnapshot) {
            session.writeValue(audience.snapshotFrame());
            owesState = false;
        } else if (owesReset) {
            session.writeValue(audience.resetFrame());
            owesState = false;
        } else {
            announceJumps(session::write);
            if (owesTick) {
                session.writeValue(audience.tickFrame());
            }
        }
        if (owesState) {
            session.write(audience.stateFrame());
        }
        owesSnapshot = false;
        owesReset = false;
        owesTick = false;
        owesState = false;
        conflated = 0;
        lost = 0;
    }

    private void announceJumps(Consumer<ByteBuf> way) {
        ByteBuf gap = lost > 0 ? audience.gapFrame(lost) : null;
        if (gap != null) {
            way.accept(gap);
        }
        ByteBuf jump = conflated > 0 ? audience.conflatedFrame(conflated) : null;
        if (jump != null) {
            way.accept(jump);
        }
        lost = 0;
        conflated = 0;
    }
}
