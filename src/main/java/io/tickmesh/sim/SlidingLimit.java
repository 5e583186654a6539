package io.tickmesh.sim;

import java.util.ArrayDeque;
import java.util.Deque;

/** Admits so many requests in any second; what was refused does not count. */
final class SlidingLimit {
    private static final long WINDOW_MS = 1_000;

    private final Deque<Long> admitted = new ArrayDeque<>();

    boolean admit(long now, int limit) {
        while (!admitted.isEmpty() && now - admitted.element() >= WINDOW_MS) {
            admitted.remove();
        }
        if (admitted.size() >= limit) {
            return false;
        }
        admitted.add(now);
        return true;
    }
}
