package io.tickmesh.bus;

/**
 * Every event-bus address. {@code cluster.*} travels between nodes and carries a versioned binary message;
 * {@code node.*} never leaves the node and carries objects by reference.
 */
public final class Addresses {
    /** Hubs to the subscription role: {@link HolderCounts}. */
    public static final String HOLDERS = "node.holders";

    /** Operators and REST clients to the subscription role: {@link PinRequest}, answered with {@link InterestReport}. */
    public static final String PINS = "node.pins";

    /** Anyone to the subscription role: {@link InterestQuery}, answered with {@link InterestReport}. */
    public static final String INTEREST = "node.interest";

    /** The subscription role to the cache: {@link Replay}. */
    public static final String REPLAY = "node.replay";

    /** The subscription role to the cache: {@link Released}. */
    public static final String RELEASED = "node.released";

    /** Anyone to the cache: {@link CacheQuery}, answered with {@link CacheReport}. */
    public static final String CACHE = "node.cache";

    /** The cluster role to all who ask for owners: {@link PoolOwner}, published. */
    public static final String OWNERS = "node.owners";

    private Addresses() {}

    /** The owner of a pool to a node: {@link TickBatch}. */
    public static String ticksOf(String node) {
        return "cluster.ticks." + node;
    }

    /** A node to the node that owns a pool: {@link InterestUpdate}. */
    public static String interestOf(String node) {
        return "cluster.interest." + node;
    }

    /** A node to a node about leases: {@link LeaseMail}. */
    public static String leaseMailOf(String node) {
        return "cluster.lease." + node;
    }

    /** The receiving desk of this node to one of its pools: {@link InterestUpdate}. */
    public static String interestIn(String pool) {
        return "node.pool." + pool;
    }

    /** The cluster role to a pool of this node: {@link LeaseGrant}. */
    public static String leaseOf(String pool) {
        return "node.lease." + pool;
    }

    /** The cache to the hub of one event loop: {@link HubEvents}. */
    public static String hub(int loop) {
        return "node.hub." + loop;
    }
}
