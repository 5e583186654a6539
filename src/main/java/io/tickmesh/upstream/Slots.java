package io.tickmesh.upstream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shares out the slots of all connections of a pool: pins first, then what more sessions hold, then what came last. A
 * slot goes to another registration at most once in ten seconds, as the provider sees it, and never before the provider has let the old one go.
 */
final class Slots {
    /** A connection that has slots. */
    interface Carrier {
        boolean mayCarry(Registration registration);

        /** Whether it streams or is about to. */
        boolean usable();

        void want(String code, long now);

        void release(String code, long now);
    }

    /** Who wants to know of registrations. */
    interface Listener {
        /** A registration has got a slot, or lost it. */
        void onSlot(Registration registration);
    }

    private static final long REFUSED_PAUSE = 60_000_000_000L;

    /** Who is refused and goes again must not have displaced anyone. */
    private static final long PATIENCE = 1_000_000_000L;

    private final boolean displaces;
    private final Function<Registration, Weight> weights;
    private final Listener listener;
    private final Map<Carrier, SlotBench> benches = new LinkedHashMap<>();
    private final Map<Registration, Wish> wishes = new LinkedHashMap<>();
    private int used;

    /** Slots that whoever waits can hope for; below 0: to be counted anew. */
    private int toCome = -1;

    /**
     * Slots that are not shared out yet.
     *
     * @param displaces whether a registration that somebody holds may lose its slot to one that is wanted more
     */
    Slots(boolean displaces, Function<Registration, Weight> weights, Listener listener) {
        this.displaces = displaces;
        this.weights = weights;
        this.listener = listener;
    }

    void add(Carrier carrier, int slots) {
        benches.put(carrier, new SlotBench(carrier, slots));
    }

    /** To be called when weights may have changed. */
    void onWeights() {
        toCome = -1;
    }

    void want(Registration registration, long now) {
        @Nullable Wish known = wishes.get(registration);
        if (known == null) {
            Wish wish = new Wish(registration, now);
            wishes.put(registration, wish);
            seat(wish, now);
            return;
        }
        known.wanted = true;
        toCome = -1;
        SlotBench.@Nullable Slot slot = known.slot;
        if (slot != null && slot.leaving) {
            slot.leaving = false;
            slot.bench.carrier.want(registration.code(), now);
        }
    }

    void unwant(Registration registration, long now) {
        @Nullable Wish wish = wishes.get(registration);
        if (wish == null) {
            return;
        }
        wish.wanted = false;
        toCome = -1;
        if (wish.slot == null) {
            wishes.remove(registration);
        } else {
            vacate(wish.slot, wish, now);
        }
    }

    private static void vacate(SlotBench.Slot slot, Wish wish, long now) {
        slot.leaving = true;
        slot.bench.carrier.release(wish.registration.code(), now);
    }

    /** Gives the wish a free slot, if there is one for it: the one it had, or the one that has been at rest longest. */
    private boolean seat(Wish wish, long now) {
        for (SlotBench bench : benches.values()) {
            boolean fits = bench.carrier.usable() && bench.carrier.mayCarry(wish.registration);
            SlotBench.@Nullable Slot slot = fits ? bench.freeFor(wish, now) : null;
            if (slot != null) {
                take(slot, wish, now);
                return true;
            }
        }
        return false;
    }

    private void take(SlotBench.Slot slot, Wish wish, long now) {
        slot.take(wish, now);
        wish.slot = slot;
        used++;
        toCome = -1;
        slot.bench.carrier.want(wish.registration.code(), now);
        listener.onSlot(wish.registration);
    }

    /** The request for a registration has gone out, or the provider has carried it out. */
    void onSeen(Carrier carrier, String code, boolean confirmed, long now) {
        @Nullable Wish wish = holderOf(carrier, code);
        if (wish != null && wish.slot != null) {
            wish.slot.onSeen(confirmed, now);
        }
    }

    /** The provider has let a registration go. */
    void onGone(Carrier carrier, String code, long now) {
        @Nullable Wish wish = holderOf(carrier, code);
        if (wish != null && free(wish)) {
            if (!wish.wanted) {
                wishes.remove(wish.registration);
            }
            listener.onSlot(wish.registration);
            fill(now);
        }
    }

    /** The provider refuses a registration: another may have its slot meanwhile. */
    void onRefused(Carrier carrier, String code, String text, long now) {
        @Nullable Wish wish = holderOf(carrier, code);
        if (wish != null && free(wish)) {
            wish.refusal = text;
            wish.retryAt = now + REFUSED_PAUSE;
            listener.onSlot(wish.registration);
            fill(now);
        }
    }

    /** The provider allows fewer registrations than was thought: that is not tried again for an hour. */
    void onFull(Carrier carrier, String code, long now) {
        @Nullable Wish wish = holderOf(carrier, code);
        SlotBench.@Nullable Slot slot = wish == null ? null : wish.slot;
        if (wish != null && slot != null && free(wish)) {
            slot.bench.shrink(slot, now);
            toCome = -1;
            listener.onSlot(wish.registration);
        }
    }

    private boolean free(Wish wish) {
        SlotBench.@Nullable Slot slot = wish.slot;
        if (slot == null) {
            return false;
        }
        slot.free(wish);
        wish.slot = null;
        used--;
        toCome = -1;
        return true;
    }

    private @Nullable Wish holderOf(Carrier carrier, String code) {
        @Nullable SlotBench bench = benches.get(carrier);
        return bench == null ? null : bench.held.get(code);
    }

    /** A new session: what waits may go out with what was there before. */
    void onConnected(long now) {
        toCome = -1;
        fill(now);
    }

    /** What the provider allows is to be found out anew, as an operator wants it. */
    void forgetLimits() {
        benches.values().forEach(SlotBench::grow);
        toCome = -1;
    }

    /** To be called every half second, and when a connection has become usable or not. */
    void settle(long now) {
        for (Wish wish : wishes.values()) {
            if (!wish.refusal.isEmpty() && wish.retryAt - now <= 0) {
                wish.refusal = "";
                listener.onSlot(wish.registration);
            }
        }
        for (SlotBench bench : benches.values()) {
            if (bench.mayGrow(now)) {
                bench.grow();
                toCome = -1;
            }
        }
        moveFromTheUnusable(now);
        fill(now);
        displace(now);
    }

    /** What a dead connection held goes to others, where there are others. */
    private void moveFromTheUnusable(long now) {
        for (SlotBench bench : benches.values()) {
            if (bench.carrier.usable()) {
                continue;
            }
            for (SlotBench.Slot slot : bench.slots) {
                @Nullable Wish holder = slot.holder;
                if (holder != null && !slot.leaving && hasOther(holder, bench)) {
                    vacate(slot, holder, now);
                }
            }
        }
    }

    private boolean hasOther(Wish wish, SlotBench bench) {
        for (SlotBench other : benches.values()) {
            if (other != bench && other.carrier.usable() && other.carrier.mayCarry(wish.registration)) {
                return true;
            }
        }
        return false;
    }

    private List<Wish> waiting() {
        List<Wish> waiting = new ArrayList<>();
        for (Wish wish : wishes.values()) {
            if (wish.waits()) {
                wish.weight = weights.apply(wish.registration);
                waiting.add(wish);
            }
        }
        waiting.sort(Wish.FIRST);
        return waiting;
    }

    private void fill(long now) {
        int free = used == wishes.size() ? 0 : freeSlots(now);
        if (free > 0) {
            for (Wish wish : waiting()) {
                free -= seat(wish, now) ? 1 : 0;
                if (free == 0) {
                    return;
                }
            }
        }
    }

    private int freeSlots(long now) {
        return benches.values().stream().mapToInt(bench -> bench.free(now)).sum();
    }

    /** Those who wait and are wanted more take the place of those who are wanted least; what only lingers always yields. */
    private void displace(long now) {
        List<Wish> waiting = waiting();
        if (waiting.isEmpty()) {
            return;
        }
        int coming = 0;
        List<SlotBench.Slot> taken = new ArrayList<>();
        for (SlotBench bench : benches.values()) {
            if (!bench.carrier.usable()) {
                continue;
            }
            for (SlotBench.Slot slot : bench.slots) {
                @Nullable Wish holder = slot.holder;
                if (holder == null || slot.leaving) {
                    coming++;
                } else {
                    holder.weight = weights.apply(holder.registration);
                    taken.add(slot);
                }
            }
        }
        taken.sort(Comparator.comparing(Slots::holder, Wish.FIRST).reversed());
        int next = Math.min(coming, waiting.size());
        for (SlotBench.Slot slot : taken) {
            next = firstPatient(waiting, next, now);
            if (next == waiting.size()) {
                return;
            }
            Wish better = waiting.get(next);
            Wish holder = holder(slot);
            if (Wish.FIRST.compare(better, holder) >= 0 || !(displaces || holder.weight.isNone())) {
                return;
            }
            if (slot.mayChange(now) && slot.bench.carrier.mayCarry(better.registration)) {
                vacate(slot, holder, now);
                next++;
            }
        }
    }

    private static int firstPatient(List<Wish> waiting, int from, long now) {
        int next = from;
        while (next < waiting.size() && !waiting.get(next).hasWaited(PATIENCE, now)) {
            next++;
        }
        return next;
    }

    private static Wish holder(SlotBench.Slot slot) {
        if (slot.holder == null) {
            throw new IllegalStateException("a free slot");
        }
        return slot.holder;
    }

    /** The connection that carries a registration, or null while it has no slot. */
    @Nullable
    Carrier carrierOf(Registration registration) {
        @Nullable Wish wish = wishes.get(registration);
        SlotBench.@Nullable Slot slot = wish == null ? null : wish.slot;
        return slot == null || slot.leaving ? null : slot.bench.carrier;
    }

    /** The registration that a connection carries by that code. */
    @Nullable
    Registration registrationOf(Carrier carrier, String code) {
        @Nullable Wish wish = holderOf(carrier, code);
        return wish == null ? null : wish.registration;
    }

    /** Whether it waits for a slot, or lost one. */
    boolean isWithoutSlot(Registration registration) {
        @Nullable Wish wish = wishes.get(registration);
        return wish != null && wish.waits();
    }

    /**
     * Whether it waits, and more is wanted before it than there are slots. Slots that are free but at rest, about to be free, or
     * held by what only lingers go to those who wait, the first first.
     */
    boolean isSurplus(Registration registration) {
        @Nullable Wish wish = wishes.get(registration);
        if (wish == null || !wish.waits() || benches.isEmpty()) {
            return false;
        }
        if (toCome < 0) {
            toCome = benches.values().stream()
                    .mapToInt(bench -> bench.toCome(weights))
                    .sum();
        }
        int left = toCome;
        for (Wish each : left > 0 ? wishes.values() : List.<Wish>of()) {
            if (each == wish) {
                return false;
            }
            boolean before = each.waits() && !weights.apply(each.registration).isNone();
            left -= before ? 1 : 0;
            if (left == 0) {
                return true;
            }
        }
        return true;
    }

    /** What the provider said against a registration; empty if nothing. */
    String refusal(Registration registration) {
        @Nullable Wish wish = wishes.get(registration);
        return wish == null ? "" : wish.refusal;
    }

    /** How many registrations wait for a slot. */
    int waitingCount() {
        return wishes.size() - used;
    }

    int used() {
        return used;
    }

    int capacity() {
        return benches.values().stream().mapToInt(bench -> bench.slots.size()).sum();
    }
}
