package io.tickmesh.client;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is due on one event loop, however much of it there is, with one timer that goes only while something waits.
 * Entering and leaving cost the same whatever waits; nothing runs early, and at most a slot late.
 */
final class TimerWheel {
    static final long SLOT_NANOS = 10_000_000;
    private static final int SLOTS = 256;

    private final LongSupplier nanoTime;
    private final Alarm alarm;
    private final Entry[] slots = new Entry[SLOTS];
    private long done;
    private int waiting;
    private boolean armed;

    /** Runs a task on the event loop after so many milliseconds. */
    interface Alarm {
        void in(long millis, Runnable task);
    }

    /** Something that is to be done once at a time; it may be entered again. */
    abstract static class Entry {
        private @Nullable Entry before;
        private @Nullable Entry after;
        private long slot;

        abstract void onDue(long nanoTime);

        boolean scheduled() {
            return before != null;
        }

        private void unlink() {
            if (before != null && after != null) {
                before.after = after;
                after.before = before;
                before = null;
                after = null;
            }
        }

        private void linkBefore(Entry end) {
            before = end.before;
            after = end;
            if (before != null) {
                before.after = this;
            }
            end.before = this;
        }
    }

    /** The end of a slot's ring. */
    private static final class End extends Entry {
        End() {
            close();
        }

        private void close() {
            super.before = this;
            super.after = this;
        }

        @Override
        void onDue(long nanoTime) {
            throw new IllegalStateException("the end of a slot is never due");
        }
    }

    TimerWheel(LongSupplier nanoTime, Alarm alarm) {
        this.nanoTime = nanoTime;
        this.alarm = alarm;
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new End();
        }
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Enters what is to be done at that time; what was entered before moves there. */
    void schedule(Entry entry, long at) {
        cancel(entry);
        if (waiting == 0) {
            done = Math.floorDiv(now(), SLOT_NANOS);
        }
        entry.slot = Math.max(done + 1, -Math.floorDiv(-at, SLOT_NANOS));
        entry.linkBefore(slots[Math.floorMod(entry.slot, SLOTS)]);
        waiting++;
        arm();
    }

    void cancel(Entry entry) {
        if (entry.scheduled()) {
            entry.unlink();
            waiting--;
        }
    }

    private void arm() {
        if (!armed && waiting > 0) {
            armed = true;
            alarm.in(SLOT_NANOS / 1_000_000, this::turn);
        }
    }

    private void turn() {
        armed = false;
        long now = now();
        long current = Math.floorDiv(now, SLOT_NANOS);
        long first = Math.max(done + 1, current - SLOTS + 1);
        done = current;
        for (long slot = first; slot <= current; slot++) {
            runDue(slots[Math.floorMod(slot, SLOTS)], current, now);
        }
        arm();
    }

    private void runDue(Entry end, long current, long now) {
        Entry each = end.after;
        while (each != null && each != end) {
            Entry next = each.after;
            if (each.slot <= current) {
                cancel(each);
                each.onDue(now);
            }
            each = next;
        }
    }

    int waiting() {
        return waiting;
    }
}
