package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.Map;

/**
 * The hub of one event loop tells how many of its sessions hold the topics that changed since it last told.
 *
 * @param holders sessions per topic as it now is; 0 where the last one left
 * @param sessions open sessions of the loop per dialect
 */
public record HolderCounts(int loop, Map<Topic, Integer> holders, Map<String, Integer> sessions) {
    public HolderCounts {
        holders = Map.copyOf(holders);
        sessions = Map.copyOf(sessions);
    }
}
