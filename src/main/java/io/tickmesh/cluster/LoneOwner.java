package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseGrant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The lease of pools on a node that is alone: it is its own quorum, so its heartbeats are acknowledged as they are sent.
 * Time is passed in.
 *
 * <p>A lease that ran out, because the node was paused, is never resumed: the next grant has a higher epoch.
 */
final class LoneOwner {
    private final long leaseMillis;
    private final Map<String, LeaseGrant> grants = new HashMap<>();

    LoneOwner(long leaseMillis) {
        this.leaseMillis = leaseMillis;
    }

    /** The next heartbeat of a pool. */
    LeaseGrant beat(String pool, long nanoTime, long wallMillis) {
        LeaseGrant last = grants.get(pool);
        boolean resumed = last != null && last.validAt(nanoTime, wallMillis);
        long epoch = last == null ? wallMillis : resumed ? last.epoch() : Math.max(last.epoch() + 1, wallMillis);
        LeaseGrant grant = new LeaseGrant(
                pool, epoch, nanoTime + TimeUnit.MILLISECONDS.toNanos(leaseMillis), wallMillis + leaseMillis, false);
        grants.put(pool, grant);
        return grant;
    }
}
