package io.tickmesh.bus;

import java.util.Set;

/**
 * Enters keys into the ledger, or takes them back, on every node; answered with the {@link LedgerNews} of this node.
 */
public record LedgerChange(Set<String> add, Set<String> remove) {
    public LedgerChange {
        add = Set.copyOf(add);
        remove = Set.copyOf(remove);
    }
}
