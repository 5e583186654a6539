package io.tickmesh.bus;

import java.util.List;

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

    /** Hubs to the cache: {@link ReplayHeld}. */
    public static final String REPLAY_HELD = "node.replay.held";

    /** The subscription role to the cache: {@link Released}. */
    public static final String RELEASED = "node.released";

    /** Anyone to the cache: {@link CacheQuery}, answered with {@link CacheReport}. */
    public static final String CACHE = "node.cache";

    /** Hubs to the cache: {@link HistoryQuery}, answered with {@link HistoryReport}. */
    public static final String HISTORY = "node.history";

    /** A pool of this node to the cluster role: {@link LeaseEnd}, an epoch that it gave up by itself. */
    public static final String LEASES_OVER = "node.leases.over";

    /** The cluster role to all who ask for owners: {@link PoolOwner}, published at every change and again and again. */
    public static final String OWNERS = "node.owners";

    /** The cluster role to all who ask who is there: {@link Members}, published at every change and again and again. */
    public static final String MEMBERS = "node.members";

    /** Anyone to the ledger of this node: {@link LedgerChange} or {@link LedgerQuery}, answered with {@link LedgerNews}. */
    public static final String LEDGER = "node.ledger";

    /** The ledger to all on this node: {@link LedgerNews}, published. */
    public static final String LEDGER_NEWS = "node.ledger.news";

    /** The cache to all on this node: what a feed said, {@link FeedNews}, published. */
    public static final String FEED_NEWS = "node.feeds";

    /** Pools to the subscription role: {@link InterestAsk}. */
    public static final String INTEREST_ASKS = "node.interest.asks";

    /** The root to all on this node: {@link Leaving}, published. */
    public static final String LEAVING = "node.leaving";

    /** Who knows whether this node can serve to all on it: {@link Readiness}, published. */
    public static final String READINESS = "node.readiness";

    /** Clients of contract 3 to the channel role: {@link ChannelCall}. */
    public static final String CHANNEL_CALLS = "node.channel.calls";

    /** What {@link #inquiry} calls the channel role. */
    public static final String CHANNELS = "channels";

    /**
     * Pools to the store, where there is one: {@link StoreWrite}, {@link StoreQuery}, and {@link HistoryAsk} for what an
     * earlier owner told.
     */
    public static final String STORE_VALUES = "node.store.values";

    /** The ledger to the store: {@link LedgerUpdate}, and {@link LedgerQuery}, answered with a {@link LedgerUpdate}. */
    public static final String STORE_LEDGER = "node.store.ledger";

    /** The cluster role to the store: {@link StoreEpochsQuery}, answered with {@link StoredEpochs}. */
    public static final String STORE_EPOCHS = "node.store.epochs";

    /**
     * The channel role to the store: {@link ChannelWrite}, answered with {@link ChannelWritten}, and {@link ChannelQuery},
     * answered with {@link StoredChannel}.
     */
    public static final String STORE_CHANNELS = "node.store.channels";

    /**
     * The channel role to the store: {@link OfflineWrite}, answered with {@link OfflineWritten}, {@link OfflineQuery}, answered
     * with {@link OfflineFound}, and {@link OfflineRemoval}, answered with {@link StoreResult}.
     */
    public static final String STORE_OFFLINE = "node.store.offline";

    /** The store to all on this node: {@link StoreUp}, published. */
    public static final String STORE_UP = "node.store.up";

    private Addresses() {}

    /**
     * The channel role of a node to that of another: {@link RoomUpdate}; {@link RoomMessage} and {@link RoomDelivery},
     * answered with {@link Reached}; {@link Inquiry}, answered with {@link Finding}.
     */
    public static String channelOf(String node) {
        return "cluster.channel." + node;
    }

    /** The channel role to the clients of one event loop: {@link ChannelEvents}. */
    public static String channelEvents(int loop) {
        return "node.channel.events." + loop;
    }

    /** The owner of a pool to a node: {@link TickBatch}. */
    public static String ticksOf(String node) {
        return "cluster.ticks." + node;
    }

    /**
     * Between a node and the node that owns a pool: {@link InterestUpdate}, {@link LinkReceipt}, {@link InterestAsk}, and
     * {@link HistoryAsk}, which is answered.
     */
    public static String interestOf(String node) {
        return "cluster.interest." + node;
    }

    /** A node to a node about leases: {@link LeaseMail}. */
    public static String leaseMailOf(String node) {
        return "cluster.lease." + node;
    }

    /** All that other nodes send to a node. */
    public static List<String> allOf(String node) {
        return List.of(
                leaseMailOf(node), ticksOf(node), interestOf(node), ledgerOf(node), commandOf(node), channelOf(node));
    }

    /** The receiving desk of this node to one of its pools: {@link InterestUpdate}. */
    public static String interestIn(String pool) {
        return "node.pool." + pool;
    }

    /** The receiving desk of this node to one of its pools: {@link LinkReceipt}. */
    public static String receiptsIn(String pool) {
        return "node.receipts." + pool;
    }

    /** The receiving desk of this node to one of its pools: {@link HistoryAsk}, answered with {@link HistoryPage}. */
    public static String historyIn(String pool) {
        return "node.history." + pool;
    }

    /** The ledger of a node to that of another: {@link LedgerUpdate}. */
    public static String ledgerOf(String node) {
        return "cluster.ledger." + node;
    }

    /** Operators, through any node, to a node: {@link Inquiry}, answered with {@link Finding}. */
    public static String commandOf(String node) {
        return "cluster.command." + node;
    }

    /** The admin role to the part of this node that knows: {@link Inquiry}, answered with {@link Finding}. */
    public static String inquiry(String subject) {
        return "node.inquiry." + subject;
    }

    /** The cluster role to a pool of this node: {@link LeaseGrant}, and {@link LeaseEnd}, which is answered. */
    public static String leaseOf(String pool) {
        return "node.lease." + pool;
    }

    /** The cache to the hub of one event loop: {@link Released}. */
    public static String hubReleases(int loop) {
        return "node.hub.released." + loop;
    }

    /** The cache to the hub of one event loop: {@link HubEvents}. */
    public static String hub(int loop) {
        return "node.hub." + loop;
    }
}
