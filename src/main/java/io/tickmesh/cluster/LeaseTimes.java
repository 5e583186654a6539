package io.tickmesh.cluster;

/** The times of the lease, in milliseconds. Every node of a cluster must know the same ones. */
final class LeaseTimes {
    /** How often {@link PoolLease#onTick} wants to be called. */
    static final long TICK = 100;

    static final long HEARTBEAT = 400;

    /** How long an owner may act, from the sending of a heartbeat that a quorum acknowledged. */
    static final long LEASE = 2_000;

    /** How long a voter stays with the owner it acknowledged last. The half second above the lease is for clocks. */
    static final long HOLD = 2_500;

    /** How long a voter that has just started only listens: until no lease is left that it may have forgotten. */
    static final long SILENCE = HOLD;

    /** How long a claimant waits for words, and then for the acknowledgement of its first heartbeats. */
    static final long CLAIM = 2_000;

    /** A turn that comes this late shows that the machine or the process stood still. */
    static final long GAP = 1_000;

    /** How much later the next node in the order claims. */
    static final long STEP = 300;

    /** How long a provider may still see the session of the owner before. */
    static final long TOOK_OVER = 120_000;

    private LeaseTimes() {}
}
