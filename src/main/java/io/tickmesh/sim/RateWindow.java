package io.tickmesh.sim;

import java.util.ArrayDeque;
import java.util.Deque;

/** Admits so many messages in any second, or other window; what was refused counts too, so hammering does not pay. */
final class RateWindow {
    private static final long SECOND_MS = 1_000;

    private final long windowMs;
    private final Deque<Long> newest = new ArrayDeque<>();

    RateWindow() {
        this(SECOND_MS);
    }

    RateWindow(long windowMs) {
        this.windowMs = windowMs;
    }

    /** Whether a message now is within the limit; 0 is no limit. */
    boolean admit(long now, int limit) {
        if (limit == 0) {
            return true;
        }
        newest.add(now);
        while (newest.size() > limit + 1 || now - newest.element() >= windowMs) {
            newest.remove();
        }
        return newest.size() <= limit;
    }

    /** How many the window holds since the last that was asked about. */
    int used() {
        return newest.size();
    }
}
