package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.Map;
import java.util.Set;

/**
 * The hub of one event loop tells how many of its sessions hold the topics that changed since it last told.
 *
 * @param holders sessions per topic as it now is; 0 where the last one left
 * @param asked the topics of {@code holders} that the hub took up anew and waits for an answer on
 * @param sessions open sessions of the loop per dialect
 */
public record HolderCounts(int loop, Map<Topic, Integer> holders, Set<Topic> asked, Map<String, Integer> sessions) {
    public HolderCounts {
        holders = Map.copyOf(holders);
        asked = Set.copyOf(asked);
        sessions = Map.copyOf(sessions);
    }
}
