package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.tickmesh.market.Tick;
import java.util.List;

/**
 * Where a session resumed, and what it missed since: nothing at or before that position is for it again, whatever the
 * topic's line on this node still has to catch up with.
 */
final class Missed {
    private final long epoch;
    private final long seq;
    private List<Tick> ticks;
    private int written;

    /**
     * What follows a position.
     *
     * @param ticks what the session missed up to here, oldest first
     * @param epoch of the last of them, or of the position that it had
     */
    Missed(long epoch, long seq, List<Tick> ticks) {
        this.epoch = epoch;
        this.seq = seq;
        this.ticks = ticks;
    }

    /** Whether what the topic now shows comes after it. */
    boolean isPassed(Audience audience) {
        TopicLine line = audience.lines().get(0);
        return line.epoch() > epoch || (line.epoch() == epoch && line.seq() > seq);
    }

    /** Whether the topic has not come so far yet. */
    boolean isAhead(Audience audience) {
        TopicLine line = audience.lines().get(0);
        return line.epoch() < epoch || (line.epoch() == epoch && line.seq() < seq);
    }

    /** How many of the ticks that were lost before the one that the topic now shows are news to the session. */
    long newsIn(Audience audience, long lost) {
        TopicLine line = audience.lines().get(0);
        return line.epoch() == epoch ? Math.max(0, Math.min(lost, line.seq() - seq - 1)) : lost;
    }

    /** Writes what was missed, as far as the client takes it; true if that is all. */
    boolean write(Membership member) {
        while (written < ticks.size()) {
            if (!member.session.writable()) {
                return false;
            }
            ByteBuf frame = member.audience().missedFrame(ticks.get(written));
            if (frame != null) {
                member.session.writeValue(frame);
            }
            written++;
        }
        ticks = List.of();
        written = 0;
        return true;
    }

    int unwritten() {
        return ticks.size() - written;
    }
}
