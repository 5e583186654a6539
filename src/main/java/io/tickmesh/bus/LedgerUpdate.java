package io.tickmesh.bus;

import java.util.List;

/**
 * A node tells another what stands in its ledger: the pins and orders that belong to no node and outlive each of them.
 *
 * @param full whether {@code entries} is everything, so that the receiver tells back what it knows better
 * @param digest the same number for the same ledger; of an update without entries it is all that is said
 */
public record LedgerUpdate(String node, boolean full, long digest, List<Entry> entries) {
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
