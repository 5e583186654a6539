package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseGrant;
import java.util.HashMap;
import java.util.Map;

/**
 * The lease of pools on a node that is alone: it is its own quorum, so its heartbeats are acknowledged as they are sent.
 * Time is passed in.
 *
 * <p>A lease that ran out, because the node was paused, is never resumed: the next grant has a higher epoch.
 */
final class LoneOwner {
    private final long leaseNanos;
    private final Map<String, LeaseGrant> grants = new HashMap<>();

    LoneOwner(long leaseNanos) {
        this.leaseNanos = leaseNanos;
    }

    /** The next heartbeat of a pool. */
    LeaseGrant beat(String pool, long nanoTime, long wallMillis) {
        LeaseGrant last = grants.get(pool);
        boolean resumed = last != null && last.validAt(nanoTime, wallMillis);
        long epoch = last == null ? wallMillis : resumed ? last.epoch() : Math.max(last.epoch() + 1, wallMillis);
        LeaseGrant grant = new LeaseGrant(pool, epoch, nanoTime + leaseNanos, Long.MAX_VALUE);
        grants.put(pool, grant);
        return grant;
    }
}
