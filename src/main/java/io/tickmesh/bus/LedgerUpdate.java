package io.tickmesh.bus;

import java.util.List;

/**
 * A node tells another what stands in its ledger: the pins and orders that belong to no node and outlive each of them.
 *
 * @param digest the same number for ledgers in which the same stands; a receiver whose own differs, and that is told of
 *     no entries, sends all that it has
 * @param entries some or all of what the sender knows, what was taken back included
 */
public record LedgerUpdate(String node, long digest, List<Entry> entries) {
    public LedgerUpdate {
        entries = List.copyOf(entries);
    }

    /**
     * One entry; of two with the same key the higher version counts, then the higher node name.
     *
     * @param key such as {@code pin:trade/fmp:AAPL}
     * @param by the node that made it
     * @param present false once it is taken back
     */
    public record Entry(String key, long version, String by, boolean present) {}
}
