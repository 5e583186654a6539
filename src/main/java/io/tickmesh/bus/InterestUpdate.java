package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.List;

/**
 * A node tells the owner of a pool what its clients hold.
 *
 * @param number counts the updates of this node for this pool, from 1; a missing number makes the owner ask for all
 * @param full whether {@code entries} is the whole interest of the node in the pool, not a change
 */
public record InterestUpdate(String node, String pool, long number, boolean full, List<Entry> entries) {
    public InterestUpdate {
        entries = List.copyOf(entries);
    }

    /**
     * The interest of a node in one topic as it now is.
     *
     * @param sessions client sessions that hold the topic; 0 with {@code pinned} false means no more interest
     */
    public record Entry(Topic topic, int sessions, boolean pinned) {
        public Entry {
            if (sessions < 0) {
                throw new IllegalArgumentException("sessions must not be negative: " + sessions);
            }
        }

        public boolean held() {
            return sessions > 0 || pinned;
        }
    }
}
