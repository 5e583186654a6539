package io.tickmesh.client;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Sends the sessions of one event loop away, each with its own time to come back, so that the other nodes get them one
 * after the other rather than all at once. The closes themselves do not wait.
 */
final class Departure {
    private static final long SHORTEST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 10_000;
    private static final long MILLIS_PER_SESSION = 2;

    private final DoubleSupplier random;

    /** {@code random} is from 0 to below 1: event loops must not send theirs back in step. */
    Departure(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Tells and closes all.
     *
     * @param ofNode how many sessions the whole node has, which come back within one and the same time
     */
    void leave(List<Session> sessions, int ofNode, long nanoTime) {
        double window = windowMillis(Math.max(ofNode, sessions.size()));
        for (int i = 0; i < sessions.size(); i++) {
            long retryAfter = (long) (window * (i + random.getAsDouble()) / sessions.size());
            sessions.get(i).leave(retryAfter, nanoTime);
        }
    }

    static long windowMillis(int sessions) {
        return Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, MILLIS_PER_SESSION * sessions));
    }
}
