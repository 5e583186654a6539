package io.tickmesh.upstream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Slots as the provider's side lets them be told: who comes when there is room takes what nobody had yet, who comes back
 * takes what it had, and who takes the place of another takes the one that has been at rest longest.
 */
public final class SlotSeats {
    /** Nothing has changed hands. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long AT_REST = Long.MIN_VALUE / 2;

    private record Seat(String code, long since) {}

    private final int slots;
    private final Map<String, Seat> taken = new HashMap<>();
    private final List<Seat> free = new ArrayList<>();

    public SlotSeats(int slots) {
        this.slots = slots;
    }

    public int taken() {
        return taken.size();
    }

    /** A code leaves its seat. */
    public void leave(String code) {
        free.add(Objects.requireNonNull(taken.remove(code), code));
    }

    /** A code takes a seat; how long that had been at rest if it changes hands thereby, else {@link #NEVER}. */
    public long take(String code, long now) {
        @Nullable Seat own = null;
        @Nullable Seat rested = null;
        for (Seat each : free) {
            own = each.code().equals(code) ? each : own;
            rested = rested == null || each.since() < rested.since() ? each : rested;
        }
        if (own != null) {
            free.remove(own);
            taken.put(code, own);
            return NEVER;
        }
        if (rested == null || taken.size() + free.size() < slots) {
            taken.put(code, new Seat(code, AT_REST));
            return NEVER;
        }
        free.remove(rested);
        taken.put(code, new Seat(code, now));
        return rested.since() == AT_REST ? NEVER - 1 : now - rested.since();
    }
}
