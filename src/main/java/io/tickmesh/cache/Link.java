package io.tickmesh.cache;

import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.market.Answer;
import io.tickmesh.market.PoolEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the batches of one pool have come to this node, and what its owner is owed: a receipt, and after a miss the
 * request to tell the newest values again. Pure bookkeeping: no bus, no clock.
 */
final class Link {
    private static final int MOST_UNRECEIPTED = 16;
    private static final long MOST_AGE_MICROS = TimeUnit.SECONDS.toMicros(3);
    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long COMPLAINT_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** An owner that has not answered so many requests knows of nothing to tell. */
    private static final int MOST_ASKS = 20;

    private final String node;
    private final String pool;
    private Age age = new Age();
    private @Nullable String owner;
    private long epoch;
    private long number;
    private int unreceipted;
    private boolean missed;
    private int asks;
    private @Nullable Long askedAt;
    private @Nullable Long complainedAt;

    /**
     * What became of a batch.
     *
     * @param missed batches that never came before it
     * @param aged whether it is too old to be shown
     */
    record Arrival(long missed, boolean aged) {}

    Link(String node, String pool) {
        this.node = node;
        this.pool = pool;
    }

    /** Takes note of a batch whose epoch is not over. */
    Arrival arrive(TickBatch batch, long wallMicros, long nanoTime) {
        boolean known = owner != null;
        if (!known || batch.epoch() != epoch) {
            begin(batch.owner(), batch.epoch());
        }
        boolean pulse = batch.events().isEmpty();
        long expected = pulse ? number : number + 1;
        boolean inOrder = batch.number() == expected;
        number = batch.number();
        unreceipted++;
        long micros = age.of(batch.sentAt(), wallMicros, nanoTime);
        boolean aged = !pulse && micros > MOST_AGE_MICROS;
        if (!inOrder || aged) {
            miss();
        } else if (carriesAnswer(batch.events())) {
            heal();
        }
        // one that came late to a running count has nothing to complain of
        return new Arrival(inOrder || !known ? 0 : Math.max(1, number - expected), aged);
    }

    private void begin(String newOwner, long newEpoch) {
        if (!newOwner.equals(owner)) {
            age = new Age();
        }
        owner = newOwner;
        epoch = newEpoch;
        number = 0;
        unreceipted = 0;
        missed = false;
        asks = 0;
    }

    /** Asks the owner to tell everything again; it may be one from whom nothing has come yet. */
    void refresh(String from, long ofEpoch) {
        if (owner == null || ofEpoch > epoch) {
            begin(from, ofEpoch);
        }
        miss();
    }

    private void miss() {
        missed = true;
        asks = 0;
    }

    /** A miss after the last request is not healed by what answers that request. */
    private void heal() {
        if (asks > 0) {
            missed = false;
        }
    }

    private static boolean carriesAnswer(List<PoolEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Answer) {
                return true;
            }
        }
        return false;
    }

    String owner() {
        return owner == null ? "" : owner;
    }

    /** Whether a receipt is so much due that it should not wait for the others. */
    boolean pressing(long nanoTime) {
        return unreceipted >= MOST_UNRECEIPTED || askDue(nanoTime);
    }

    /** Whether there is anything to tell the owner, now or later. */
    boolean owes() {
        return unreceipted > 0 || missed;
    }

    private boolean askDue(long nanoTime) {
        return missed && (askedAt == null || nanoTime - askedAt >= ASK_NANOS);
    }

    /** What the owner is to be told now; null if nothing. */
    @Nullable
    LinkReceipt receipt(long nanoTime) {
        boolean ask = askDue(nanoTime);
        if (unreceipted == 0 && !ask) {
            return null;
        }
        unreceipted = 0;
        if (ask) {
            askedAt = nanoTime;
            missed = ++asks < MOST_ASKS;
        }
        return new LinkReceipt(node, pool, epoch, number, ask);
    }

    /** Whether a miss is worth a line in the log; one a minute is. */
    boolean complains(long nanoTime) {
        boolean allowed = complainedAt == null || nanoTime - complainedAt >= COMPLAINT_NANOS;
        if (allowed) {
            complainedAt = nanoTime;
        }
        return allowed;
    }
}
