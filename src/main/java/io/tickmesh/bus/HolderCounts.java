package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.Map;
import java.util.Set;

/**
 * The hub of one event loop tells how many of its sessions hold the topics that changed since it last told.
 *
 * @param holders sessions per topic as it now is; 0 where the last one left
 * @param asked the topics of {@code holders} that the hub took up anew and waits for an answer on
 * @param dropped the topics of {@code holders} that a session gave up since it was refused: they need not linger
 * @param sessions open sessions of the loop per dialect
 */
public record HolderCounts(
        int loop, Map<Topic, Integer> holders, Set<Topic> asked, Set<Topic> dropped, Map<String, Integer> sessions) {
    /** Nobody was refused. */
    public HolderCounts(int loop, Map<Topic, Integer> holders, Set<Topic> asked, Map<String, Integer> sessions) {
        this(loop, holders, asked, Set.of(), sessions);
    }

    public HolderCounts {
        holders = Map.copyOf(holders);
        asked = Set.copyOf(asked);
        dropped = Set.copyOf(dropped);
        sessions = Map.copyOf(sessions);
    }
}
