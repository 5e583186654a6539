package io.tickmesh.upstream;

import io.tickmesh.bus.TickBatch;
import io.tickmesh.market.PoolEvent;
import java.util.ArrayList;
import java.util.List;

/** What one node is told, in order: the events of this turn, and the number of the last batch. */
final class Lane {
    private static final int MOST_EXPECTED = 256;

    final String node;
    private final Outbox outbox;
    private List<PoolEvent> events = new ArrayList<>();
    private long number;

    /** Topics of the pool that the node holds. */
    int topics;

    Lane(String node, Outbox outbox) {
        this.node = node;
        this.outbox = outbox;
    }

    void add(PoolEvent event) {
        if (events.isEmpty()) {
            outbox.onFilled(this);
        }
        events.add(event);
    }

    /** Everything since the last batch; the list is the receiver's. */
    TickBatch take(String pool, String owner, long epoch) {
        List<PoolEvent> taken = events;
        events = new ArrayList<>(Math.min(taken.size(), MOST_EXPECTED));
        return new TickBatch(pool, owner, epoch, ++number, System.currentTimeMillis() * 1_000, taken);
    }
}
