package io.tickmesh.sim;

import java.util.ArrayDeque;
import java.util.Deque;

/** Admits so many messages in any second; what was refused counts too, so hammering does not pay. */
final class RateWindow {
    private static final long WINDOW_MS = 1_000;

    private final Deque<Long> newest = new ArrayDeque<>();

    /** Whether a message now is within the limit; 0 is no limit. */
    boolean admit(long now, int limit) {
        if (limit == 0) {
            return true;
        }
        newest.add(now);
        while (newest.size() > limit + 1 || now - newest.element() >= WINDOW_MS) {
            newest.remove();
        }
        return newest.size() <= limit;
    }
}
