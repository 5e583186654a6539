package io.tickmesh.cache;

import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.TickBatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the batches of one pool have come, and what its owner is owed: a receipt now and then, and word of what was
 * missed. Pure bookkeeping: no bus, no clock.
 */
final class Link {
    /** What is to be done with a batch. */
    enum Verdict {
        TAKE,
        /** Of an owner before the last one. */
        STALE_EPOCH,
        /** It has waited somewhere, in a node or a network that stood still: the owner is to tell everything again. */
        TOO_OLD,
        /** It was there before. */
        REPEATED
    }

    /** A batch that took so much longer than the quickest of the last minute is not shown to anyone. */
    static final long MOST_AGE_MICROS = TimeUnit.SECONDS.toMicros(3);

    /** The owner may have only so many without a receipt; half a per cent of that is early enough. */
    private static final int RECEIPT_EVERY = 16;

    private static final long RECEIPT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Between two words of what was missed: the answer to the first is perhaps on its way. */
    private static final long MISSED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long COMPLAINT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String node;
    private final String pool;
    private final Baseline baseline = new Baseline();
    private String owner = "";
    private long epoch = Long.MIN_VALUE;
    private long number;
    private int unacknowledged;
    private long oldestUnacknowledged;
    private boolean missed;
    private long missedToldAt;
    private boolean missedTold;
    private boolean complained;
    private long complainedAt;

    Link(String node, String pool) {
        this.node = node;
        this.pool = pool;
    }

    String owner() {
        return owner;
    }

    long epoch() {
        return epoch;
    }

    /** Whether a batch of this epoch has come. */
    boolean begun() {
        return number > 0;
    }

    /** Somebody else was heard as the owner: what comes from before it is over. */
    void onOwner(String node, long newEpoch) {
        if (newEpoch > epoch) {
            begin(node, newEpoch);
        }
    }

    private void begin(String node, long newEpoch) {
        owner = node;
        epoch = newEpoch;
        number = 0;
        unacknowledged = 0;
        missed = false;
        missedTold = false;
    }

    Verdict onBatch(TickBatch batch, long wallMicros, long nanoTime) {
        if (batch.epoch() < epoch) {
            return Verdict.STALE_EPOCH;
        }
        if (batch.epoch() > epoch) {
            begin(batch.owner(), batch.epoch());
        }
        long difference = wallMicros - batch.sentAt();
        boolean tooOld = difference - baseline.least(difference, nanoTime) > MOST_AGE_MICROS;
        boolean pulse = batch.events().isEmpty();
        long expected = pulse ? number : number + 1;
        if (batch.number() < expected) {
            return pulse ? Verdict.TAKE : Verdict.REPEATED;
        }
        if (batch.number() > expected || (tooOld && !pulse)) {
            missed = true;
        }
        number = batch.number();
        // a pulse too: the receipt of the last batch may be what was lost
        if (unacknowledged++ == 0) {
            oldestUnacknowledged = nanoTime;
        }
        return tooOld ? Verdict.TOO_OLD : Verdict.TAKE;
    }

    /** Asks for everything again: what this node knows may be out of date. */
    void doubt() {
        missed = true;
    }

    /** Whether something was missed that the owner has not been told of. */
    boolean missed() {
        return missed;
    }

    /** Whether an operator is to be told of what was missed; not again within a minute. */
    boolean complains(long nanoTime) {
        boolean due = !complained || nanoTime - complainedAt > COMPLAINT_NANOS;
        if (due) {
            complained = true;
            complainedAt = nanoTime;
        }
        return due;
    }

    /** Whether the owner is owed anything, now or soon. */
    boolean owes() {
        return unacknowledged > 0 || missed;
    }

    /** What the owner is to be told now, or null. */
    @Nullable
    LinkReceipt receipt(long nanoTime) {
        boolean tellMissed = missed && !(missedTold && nanoTime - missedToldAt < MISSED_NANOS);
        boolean due = unacknowledged >= RECEIPT_EVERY
                || (unacknowledged > 0 && nanoTime - oldestUnacknowledged >= RECEIPT_NANOS);
        if (owner.isEmpty() || !(tellMissed || due)) {
            return null;
        }
        unacknowledged = 0;
        if (tellMissed) {
            missed = false;
            missedTold = true;
            missedToldAt = nanoTime;
        }
        return new LinkReceipt(node, pool, epoch, number, tellMissed);
    }
}
