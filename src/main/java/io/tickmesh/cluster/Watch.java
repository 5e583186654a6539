package io.tickmesh.cluster;

import io.tickmesh.bus.PoolOwner;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether this node is cut off: it hears no owner of one of its pools, or sees too few voters. Clients are better
 * off elsewhere then.
 */
final class Watch {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final List<String> voters;
    private final Map<String, Long> heardAt = new HashMap<>();
    private volatile String trouble = "";

    /** Begins without an owner of any pool: a node that starts is of no use before it hears one. */
    Watch(Collection<String> pools, List<String> voters, long nanoTime) {
        this.voters = voters;
        pools.forEach(pool -> heardAt.put(pool, nanoTime - PATIENCE_NANOS - 1));
    }

    void look(Leases leases, Set<String> members, long nanoTime) {
        String found = look(leases.owners(), members, nanoTime);
        // a node that is restarted next would take away a vote that does not count yet
        trouble = found.isEmpty() && leases.listens() ? "the node has started and only listens yet" : found;
    }

    /** Looks at everything but the leases of this node itself. */
    String look(Map<String, PoolOwner> owners, Set<String> members, long nanoTime) {
        owners.values().stream().filter(PoolOwner::heard).forEach(owner -> heardAt.replace(owner.pool(), nanoTime));
        long present = voters.stream().filter(members::contains).count();
        if (!voters.isEmpty() && 2 * present <= voters.size()) {
            return "cut off: " + present + " of " + voters.size() + " voters are among the nodes it sees";
        }
        return heardAt.entrySet().stream()
                .filter(entry -> nanoTime - entry.getValue() > PATIENCE_NANOS)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .map(pool -> "no owner of pool " + pool + " is heard")
                .orElse("");
    }

    String trouble() {
        return trouble;
    }
}
