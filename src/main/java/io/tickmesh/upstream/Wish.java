package io.tickmesh.upstream;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A registration that is to have a slot, or is about to lose the one it has. */
final class Wish {
    /** The one to be served first comes first. */
    static final Comparator<Wish> FIRST = Comparator.<Wish, Boolean>comparing(wish -> !wish.weight.pinned())
            .thenComparing(wish -> -wish.weight.sessions())
            .thenComparing((a, b) -> Long.compare(0, a.since - b.since));

    final Registration registration;
    private final long since;
    boolean wanted = true;
    Weight weight = Weight.NONE;
    SlotBench.@Nullable Slot slot;

    /** What the provider said against it; empty if nothing. */
    String refusal = "";

    long retryAt;

    Wish(Registration registration, long since) {
        this.registration = registration;
        this.since = since;
    }

    /** Whether it was first wanted that long ago. */
    boolean hasWaited(long nanos, long now) {
        return now - since >= nanos;
    }

    boolean waits() {
        return wanted && slot == null && refusal.isEmpty();
    }
}
