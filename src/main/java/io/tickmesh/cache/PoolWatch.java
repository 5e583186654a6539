package io.tickmesh.cache;

import io.tickmesh.bus.Members;
import io.tickmesh.bus.PoolOwner;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owns each pool, and whether that node is still there. Pure bookkeeping: no bus, no clock. */
final class PoolWatch {
    private final Map<String, Watched> pools = new HashMap<>();
    private @Nullable Set<String> members;

    /** Who wants to know. */
    interface Changes {
        /** The owner is silent, or its node has gone; told once. */
        void onLost(PoolOwner owner);

        /** The owner that was lost is there again, in the same epoch. */
        void onFound(PoolOwner owner);
    }

    private static final class Watched {
        private PoolOwner owner;
        private boolean lost;

        Watched(PoolOwner owner) {
            this.owner = owner;
        }
    }

    void onOwner(PoolOwner owner, Changes changes) {
        Watched watched = pools.computeIfAbsent(owner.pool(), fresh -> new Watched(owner));
        if (owner.epoch() < watched.owner.epoch()) {
            return;
        }
        if (owner.epoch() > watched.owner.epoch()) {
            watched.lost = false;
        }
        watched.owner = owner;
        settle(watched, changes);
    }

    void onMembers(Members now, Changes changes) {
        members = now.names();
        pools.values().forEach(watched -> settle(watched, changes));
    }

    /** The owner of a pool that was last heard of; null if none was. */
    @Nullable
    PoolOwner ownerOf(String pool) {
        Watched watched = pools.get(pool);
        return watched == null ? null : watched.owner;
    }

    private void settle(Watched watched, Changes changes) {
        boolean there = watched.owner.heard() && (members == null || members.contains(watched.owner.node()));
        if (there && watched.lost) {
            watched.lost = false;
            changes.onFound(watched.owner);
        } else if (!there && !watched.lost) {
            watched.lost = true;
            changes.onLost(watched.owner);
        }
    }
}
