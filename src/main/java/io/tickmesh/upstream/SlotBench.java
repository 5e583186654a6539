package io.tickmesh.upstream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The slots of one connection. */
final class SlotBench {
    private static final long SETTLED = 10_000_000_000L;
    private static final long LIMIT_KEPT = 3_600_000_000_000L;

    final Slots.Carrier carrier;
    final List<Slot> slots = new ArrayList<>();

    /** Who holds a slot here, by code. */
    final Map<String, Wish> held = new HashMap<>();

    /** Free slots, the one at rest longest first, and by the code that each had last. */
    private final NavigableSet<Slot> free = new TreeSet<>(Slot.LONGEST_AT_REST);

    private final Map<String, Slot> freeByLast = new HashMap<>();
    private final int planned;
    private long made;
    private boolean limited;
    private long limitedAt;

    SlotBench(Slots.Carrier carrier, int planned) {
        this.carrier = carrier;
        this.planned = planned;
        grow();
    }

    /** The provider has no room for the holder of a slot: the slot is gone, until that is to be found out anew. */
    void shrink(Slot slot, long now) {
        slots.remove(slot);
        take(slot);
        limited = true;
        limitedAt = now;
    }

    /** Whether what the provider once refused is worth another try. */
    boolean mayGrow(long now) {
        return limited && limitedAt + LIMIT_KEPT - now <= 0;
    }

    /** Has all slots that were planned, again. */
    void grow() {
        limited = false;
        while (slots.size() < planned) {
            Slot slot = new Slot(this, made++);
            slots.add(slot);
            free.add(slot);
        }
    }

    private void take(Slot slot) {
        free.remove(slot);
        freeByLast.remove(slot.last, slot);
    }

    private void giveBack(Slot slot) {
        free.add(slot);
        freeByLast.put(slot.last, slot);
    }

    /** How many of its slots may be taken now. */
    int free(long now) {
        int count = 0;
        if (carrier.usable()) {
            for (Slot slot : free) {
                if (!slot.mayChange(now)) {
                    return count;
                }
                count++;
            }
        }
        return count;
    }

    /** How many of its slots nobody keeps: free ones, those about to be free, and those held by what only lingers. */
    int toCome(Function<Registration, Weight> weights) {
        int count = 0;
        for (Slot slot : slots) {
            @Nullable Wish holder = slot.holder;
            boolean kept = holder != null
                    && holder.wanted
                    && !weights.apply(holder.registration).isNone();
            count += kept ? 0 : 1;
        }
        return count;
    }

    /** The free slot that it had, else the one that has been at rest longest; null if none may be taken now. */
    @Nullable
    Slot freeFor(Wish wish, long now) {
        @Nullable Slot own = freeByLast.get(wish.registration.code());
        if (own != null) {
            return own;
        }
        return free.isEmpty() || !free.first().mayChange(now) ? null : free.first();
    }

    /** Room for one registration. */
    static final class Slot {
        private static final Comparator<Slot> LONGEST_AT_REST = Comparator.comparing((Slot slot) -> slot.used)
                .thenComparingLong(slot -> slot.handedOver)
                .thenComparingLong(slot -> slot.number);

        final SlotBench bench;
        private final long number;

        @Nullable
        Wish holder;

        boolean leaving;
        private boolean used;
        private boolean fresh;
        private long handedOver;
        private String last = "";

        Slot(SlotBench bench, long number) {
            this.bench = bench;
            this.number = number;
        }

        void take(Wish wish, long now) {
            bench.take(this);
            String code = wish.registration.code();
            if (!last.equals(code)) {
                handedOver = now;
                fresh = true;
                last = code;
            }
            used = true;
            holder = wish;
            leaving = false;
            bench.held.put(code, wish);
        }

        /**
         * The request for its new holder has gone out, or is carried out: what is seen on the wire counts, and that may be
         * seconds after the decision.
         */
        void onSeen(boolean confirmed, long now) {
            if (fresh) {
                handedOver = now;
                fresh = !confirmed;
            }
        }

        void free(Wish wish) {
            holder = null;
            leaving = false;
            bench.held.remove(wish.registration.code());
            bench.giveBack(this);
        }

        boolean mayChange(long now) {
            return !used || handedOver + SETTLED - now <= 0;
        }
    }
}
