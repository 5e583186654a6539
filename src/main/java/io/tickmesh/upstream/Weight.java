package io.tickmesh.upstream;

/**
 * How much a registration is wanted.
 *
 * @param sessions client sessions on all nodes
 */
record Weight(boolean pinned, int sessions) {
    static final Weight NONE = new Weight(false, 0);

    /** Whether nobody wants it, though it may linger. */
    boolean isNone() {
        return !pinned && sessions == 0;
    }

    Weight plus(Weight other) {
        return new Weight(pinned || other.pinned, sessions + other.sessions);
    }
}
