package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one event loop that get the same frames: one subject (what the dialect conflates by) in one form. A
 * frame is encoded once for all of them.
 *
 * <p>Frames that a dialect does not have are null. A frame that a method returns is the caller's to release.
 */
public abstract class Audience {
    private final List<Membership> members = new ArrayList<>();
    private final List<TopicLine> lines = new ArrayList<>();
    private @Nullable ByteBuf tick;

    /** The topics whose ticks make the frames. */
    public abstract List<Topic> topics();

    /** Takes a tick into account; false if there is nothing to show for it. */
    protected abstract boolean update(Tick newest);

    /** Whether a newer tick may take the place of one that still waits; else each is delivered, in order. */
    protected boolean conflates() {
        return true;
    }

    /** Whether the tick that {@link #update} took last is the first of its sort, and no later form of the one before. */
    protected boolean beginsAnew() {
        return false;
    }

    /** Whether a tick may have to be delivered after {@link #update} took the next one. */
    protected boolean settles() {
        return false;
    }

    /** The newest value as a tick of this form. */
    protected abstract ByteBuf encodeTick();

    /** What a session gets first. */
    protected abstract @Nullable ByteBuf encodeSnapshot();

    /** Says that a new epoch began, with the newest value. */
    protected @Nullable ByteBuf encodeReset() {
        return null;
    }

    /** Says that ticks were lost on the way. */
    protected @Nullable ByteBuf encodeGap(long lost) {
        return null;
    }

    /** Says that newer ticks replaced older ones in a slow session's queue. */
    protected @Nullable ByteBuf encodeConflated(int ticks) {
        return null;
    }

    /** Says the data state. */
    protected @Nullable ByteBuf encodeState() {
        return null;
    }

    /** Says that the session has got the one value that it wanted. */
    protected @Nullable ByteBuf encodeDone() {
        return null;
    }

    /** An earlier value as a tick of this form, for a session that missed it. */
    protected @Nullable ByteBuf encodeMissed(Tick missed) {
        return null;
    }

    /** Whether there is a value to show. */
    protected boolean known() {
        return !lines.isEmpty() && lines.get(0).newest() != null;
    }

    /** Called when the last member has left. */
    protected void onEnd() {}

    /** The meters of the dialect on this event loop. */
    protected abstract DialectMeters meters();

    /** What the hub knows of the topics, in the order of {@link #topics()}. */
    public final List<TopicLine> lines() {
        return lines;
    }

    /** Enters what the hub knows of the next of the topics. */
    void readFrom(TopicLine line) {
        keep(line);
        Tick newest = line.newest();
        if (newest != null) {
            update(newest);
        }
    }

    final void keep(TopicLine line) {
        lines.add(line);
    }

    public final boolean answered() {
        for (TopicLine line : lines) {
            if (line.answer() == null) {
                return false;
            }
        }
        return true;
    }

    final void add(Membership member) {
        member.place = members.size();
        members.add(member);
    }

    /** Fills the gap with the last one, so that leaving costs the same however many there are. */
    final void remove(Membership member) {
        Membership last = members.remove(members.size() - 1);
        if (last != member) {
            members.set(member.place, last);
            last.place = member.place;
        }
    }

    final int size() {
        return members.size();
    }

    final void onTick(Tick newest, boolean newEpoch, long lost) {
        if (!update(newest)) {
            return;
        }
        if (beginsAnew()) {
            settleTick();
        }
        forgetTick();
        meters().tickEncodedAt(newest.receivedAt());
        if (newEpoch && onReset()) {
            return;
        }
        if (lost > 0) {
            ByteBuf gap = encodeGap(lost);
            if (gap != null) {
                toAll(gap, (member, frame) -> member.gap(frame, lost));
            }
        }
        tickToAll();
    }

    /** Encodes only if there is somebody who can have it now; those who must wait may never need it. */
    private void tickToAll() {
        if (settles()) {
            sharedTick();
        }
        for (int i = 0; i < members.size(); i++) {
            Membership member = members.get(i);
            if (member.active()) {
                member.tick();
            }
        }
    }

    /** Whoever still waits for the last tick gets it before what follows. */
    private void settleTick() {
        ByteBuf last = tick;
        if (last != null) {
            for (int i = 0; i < members.size(); i++) {
                members.get(i).settle(last);
            }
        }
    }

    /** Tells where a new epoch stands; false if the dialect has no such frame. */
    final boolean onReset() {
        ByteBuf reset = encodeReset();
        if (reset == null) {
            return false;
        }
        toAll(reset, Membership::reset);
        return true;
    }

    final void onState() {
        ByteBuf state = encodeState();
        if (state != null) {
            toAll(state, Membership::state);
        }
    }

    final void onAnswer() {
        if (answered()) {
            for (Membership member : List.copyOf(members)) {
                member.answered();
            }
        }
    }

    private interface Delivery {
        void to(Membership member, ByteBuf frame);
    }

    private void toAll(ByteBuf frame, Delivery delivery) {
        for (int i = 0; i < members.size(); i++) {
            Membership member = members.get(i);
            if (member.active()) {
                delivery.to(member, frame);
            }
        }
        frame.release();
    }

    /** The newest value as a frame that all members share. */
    protected final ByteBuf tickFrame() {
        return sharedTick().retainedDuplicate();
    }

    /** The same, its reference kept here. */
    final ByteBuf sharedTick() {
        ByteBuf frame = tick;
        if (frame == null) {
            frame = encodeTick();
            meters().encoded++;
            tick = frame;
        }
        return frame;
    }

    final @Nullable ByteBuf missedFrame(Tick missed) {
        meters().encoded++;
        return encodeMissed(missed);
    }

    final @Nullable ByteBuf doneFrame() {
        return encodeDone();
    }

    final @Nullable ByteBuf snapshotFrame() {
        return encodeSnapshot();
    }

    final @Nullable ByteBuf resetFrame() {
        return encodeReset();
    }

    final @Nullable ByteBuf gapFrame(long lost) {
        return encodeGap(lost);
    }

    final @Nullable ByteBuf conflatedFrame(int ticks) {
        return encodeConflated(ticks);
    }

    final @Nullable ByteBuf stateFrame() {
        return encodeState();
    }

    private void forgetTick() {
        ByteBuf frame = tick;
        if (frame != null) {
            tick = null;
            frame.release();
        }
    }

    final void dispose() {
        forgetTick();
        onEnd();
    }

    @Override
    public String toString() {
        return Objects.toString(topics());
    }
}
