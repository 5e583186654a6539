package io.tickmesh.bus;

import java.util.Set;

/**
 * What came to stand in the ledger of this node, and what no longer does; published, whoever changed it.
 */
public record LedgerNews(Set<String> added, Set<String> removed) {
    public LedgerNews {
        added = Set.copyOf(added);
        removed = Set.copyOf(removed);
    }
}
