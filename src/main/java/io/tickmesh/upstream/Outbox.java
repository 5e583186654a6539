package io.tickmesh.upstream;

import io.tickmesh.bus.TickBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Groups the events of one event-loop turn per node, and numbers the batches of an epoch. */
final class Outbox {
    private final String pool;
    private final String owner;
    private final long epoch;
    private final Runnable onFirst;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private List<Lane> filled = new ArrayList<>();

    /** {@code onFirst} is called when there is something to flush again. */
    Outbox(String pool, String owner, long epoch, Runnable onFirst) {
        this.pool = pool;
        this.owner = owner;
        this.epoch = epoch;
        this.onFirst = onFirst;
    }

    Lane lane(String node) {
        return lanes.computeIfAbsent(node, name -> new Lane(name, this));
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    void onFilled(Lane lane) {
        filled.add(lane);
        if (filled.size() == 1) {
            onFirst.run();
        }
    }

    void flush(BiConsumer<String, TickBatch> sender) {
        List<Lane> due = filled;
        filled = new ArrayList<>(due.size());
        for (Lane lane : due) {
            sender.accept(lane.node, lane.take(pool, owner, epoch));
        }
    }
}
