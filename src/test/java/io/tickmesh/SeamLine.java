package io.tickmesh;

import org.jspecify.annotations.Nullable;

/**
 * One topic of one session of the native dialect, held to its rules: no duplicate, no step back, no jump that nobody
 * announced, nothing before the snapshot. Each method takes a frame and says what is wrong with it, or null; whatever is
 * wrong, the line goes on from there.
 */
final class SeamLine {
    /** Ticks at a rate of its own that a session may get beyond those of the second in which it is told nothing. */
    private static final int SPARE_TICKS = 3;

    private enum Stage {
        SNAPSHOT_DUE,
        RESET_DUE,
        FLOWING,
        DONE_DUE
    }

    private Stage stage;
    private boolean once;
    private long epoch;
    private long seq;
    private double rate;

    /** It was resumed, and nothing has come since. */
    private boolean untouched;

    private long missed;
    private long lost;
    private long conflated;
    private long debt;
    private int untold;
    private long received;
    private long tickedAt;
    private @Nullable Object last;

    private SeamLine(Stage stage, long epoch, long seq) {
        this.stage = stage;
        this.epoch = epoch;
        this.seq = seq;
    }

    /** Of a topic that begins with a snapshot; with {@code once} no more than that comes. */
    static SeamLine snapshotDue(boolean once) {
        SeamLine line = new SeamLine(Stage.SNAPSHOT_DUE, 0, 0);
        line.once = once;
        return line;
    }

    /** Of a topic that stands at a position. */
    static SeamLine at(long epoch, long seq) {
        return new SeamLine(Stage.FLOWING, epoch, seq);
    }

    /** Of a topic that goes on after a position, with so many ticks at once. */
    static SeamLine resumed(long epoch, long seq, long missed) {
        SeamLine line = at(epoch, seq);
        line.missed = missed;
        line.untouched = missed == 0;
        return line;
    }

    /** Of a topic that cannot go on after a position. */
    static SeamLine resetDue(long epoch, long seq) {
        return new SeamLine(Stage.RESET_DUE, epoch, seq);
    }

    /** At most so many ticks a second; 0: all. */
    void rate(double perSecond) {
        rate = perSecond;
        untold = 0;
    }

    @Nullable
    String snapshot(long atEpoch, long atSeq) {
        @Nullable String wrong = stage == Stage.SNAPSHOT_DUE ? null : "a snapshot that nobody asked for";
        place(atEpoch, atSeq);
        stage = once ? Stage.DONE_DUE : Stage.FLOWING;
        return wrong;
    }

    @Nullable
    String reset(long atEpoch, long atSeq) {
        @Nullable String wrong = wrongReset(atEpoch, atSeq);
        place(atEpoch, atSeq);
        stage = Stage.FLOWING;
        return wrong;
    }

    private @Nullable String wrongReset(long atEpoch, long atSeq) {
        return switch (stage) {
            case SNAPSHOT_DUE -> "a reset before the snapshot";
            case DONE_DUE -> "a reset where one value was wanted";
            case RESET_DUE -> atEpoch > epoch || (atEpoch == epoch && atSeq > seq) ? null : "a reset that steps back";
            case FLOWING -> atEpoch > epoch || rewinds(atEpoch, atSeq) ? null : "a reset that begins no higher epoch";
        };
    }

    /** Whether a reset there says that the topic never came to the position that it was resumed at. */
    boolean rewinds(long atEpoch, long atSeq) {
        return untouched && (atEpoch < epoch || (atEpoch == epoch && atSeq < seq));
    }

    /** Whether the answer to a resume said that a reset follows. */
    boolean isResetDue() {
        return stage == Stage.RESET_DUE;
    }

    private void place(long atEpoch, long atSeq) {
        epoch = atEpoch;
        seq = atSeq;
        settle();
        untouched = false;
        missed = 0;
        received = 0;
    }

    private void settle() {
        lost = 0;
        conflated = 0;
        debt = 0;
        untold = 0;
    }

    @Nullable
    String gap(long ticks) {
        lost += ticks;
        return wrongNews("a gap");
    }

    @Nullable
    String conflated(long ticks) {
        conflated += ticks;
        return wrongNews("a conflation");
    }

    @Nullable
    String state() {
        return stage == Stage.SNAPSHOT_DUE ? "a state before the snapshot" : null;
    }

    private @Nullable String wrongNews(String what) {
        return stage == Stage.FLOWING && missed == 0 ? null : what + " where " + due();
    }

    private String due() {
        return switch (stage) {
            case SNAPSHOT_DUE -> "a snapshot is due";
            case RESET_DUE -> "a reset is due";
            case DONE_DUE -> "one value was wanted";
            case FLOWING -> missed + " more missed ticks are due";
        };
    }

    @Nullable
    String done() {
        return stage == Stage.DONE_DUE ? null : "a done where " + due();
    }

    /** Takes a tick; {@code receivedAt} is 0 where it does not say so. */
    @Nullable
    String tick(long atEpoch, long atSeq, long receivedAt) {
        @Nullable String wrong = wrongTick(atEpoch, atSeq, receivedAt);
        if (wrong != null) {
            settle();
        }
        missed = Math.max(0, missed - 1);
        untouched = false;
        epoch = atEpoch;
        seq = atSeq;
        lost = 0;
        conflated = 0;
        received = Math.max(received, receivedAt);
        tickedAt = System.nanoTime();
        return wrong;
    }

    private @Nullable String wrongTick(long atEpoch, long atSeq, long receivedAt) {
        if (stage != Stage.FLOWING) {
            return "a tick where " + due();
        }
        if (atEpoch != epoch) {
            return (atEpoch < epoch ? "an older" : "a newer") + " epoch without a reset";
        }
        if (atSeq <= seq) {
            return atSeq == seq ? "a duplicate" : "a step back";
        }
        if (receivedAt > 0 && receivedAt < received) {
            return "received before the tick that came before it";
        }
        if (missed > 0 && atSeq > seq + 1) {
            return "a jump among the " + missed + " ticks that were missed";
        }
        return wrongJump(atSeq - seq - 1);
    }

    private @Nullable String wrongJump(long jump) {
        debt += jump - lost;
        if (conflated > 0 || rate == 0) {
            long unsaid = debt - conflated;
            debt = 0;
            untold = 0;
            return unsaid == 0
                    ? null
                    : "a jump of " + jump + ", announced: " + lost + " lost, " + conflated + " conflated, unsaid "
                            + unsaid;
        }
        untold = debt == 0 ? 0 : untold + 1;
        if (debt < 0) {
            return "more announced as lost than were left out: " + -debt;
        }
        return untold > Math.ceil(rate) + SPARE_TICKS ? debt + " left out and not told for " + untold + " ticks" : null;
    }

    /** Whether its position is only what the client said that it had come to elsewhere. */
    boolean isUntouched() {
        return untouched;
    }

    /** Whether one value only was wanted; such a topic is not held, and can be asked for anew. */
    boolean isOnce() {
        return once;
    }

    long epoch() {
        return epoch;
    }

    long seq() {
        return seq;
    }

    /** Whether a session can go on from here. */
    boolean hasPosition() {
        return epoch > 0 && (stage == Stage.FLOWING || stage == Stage.RESET_DUE);
    }

    /** Whether it has had a tick since, or wants one value only. */
    boolean flowsSince(long nanos) {
        return once || (stage == Stage.FLOWING && tickedAt - nanos > 0);
    }

    /** The frame before this one. */
    @Nullable
    Object swapLast(Object frame) {
        @Nullable Object before = last;
        last = frame;
        return before;
    }

    @Override
    public String toString() {
        return stage + " at " + epoch + '/' + seq;
    }
}
