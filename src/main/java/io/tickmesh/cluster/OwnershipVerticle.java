package io.tickmesh.cluster;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PoolOwner;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Grants this node the leases of its pools, and says who owns what. One per node. */
public final class OwnershipVerticle extends VerticleBase {
    private static final long HEARTBEAT_MILLIS = 400;
    private static final long LEASE_MILLIS = 2_000;

    private final String node;
    private final List<String> pools;
    private final LoneOwner owner = new LoneOwner(LEASE_MILLIS);

    public OwnershipVerticle(String node, List<String> pools) {
        this.node = node;
        this.pools = List.copyOf(pools);
    }

    @Override
    public Future<?> start() {
        beat();
        vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> beat());
        return Future.succeededFuture();
    }

    private void beat() {
        NodeBus bus = new NodeBus(vertx.eventBus());
        for (String pool : pools) {
            LeaseGrant grant = owner.beat(pool, System.nanoTime(), System.currentTimeMillis());
            bus.send(Addresses.leaseOf(pool), grant);
            bus.publish(Addresses.OWNERS, new PoolOwner(pool, node, grant.epoch(), true));
        }
    }
}
