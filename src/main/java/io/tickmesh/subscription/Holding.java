package io.tickmesh.subscription;

import java.util.HashMap;
import java.util.Map;

/** Who holds one topic on this node. */
final class Holding {
    private final Map<Integer, Integer> sessionsPerLoop = new HashMap<>(4);
    private int sessions;
    private boolean pinned;
    private long releaseAtNanos;
    private boolean lingering;

    void sessionsOf(int loop, int count) {
        Integer before = count == 0 ? sessionsPerLoop.remove(loop) : sessionsPerLoop.put(loop, count);
        sessions += count - (before == null ? 0 : before);
    }

    int sessions() {
        return sessions;
    }

    boolean pinned() {
        return pinned;
    }

    void pinned(boolean value) {
        pinned = value;
    }

    boolean held() {
        return sessions > 0 || pinned;
    }

    void lingerUntil(long nanoTime) {
        lingering = true;
        releaseAtNanos = nanoTime;
    }

    void stay() {
        lingering = false;
    }

    boolean releasedAt(long nanoTime) {
        return lingering && nanoTime - releaseAtNanos >= 0;
    }
}
