package io.tickmesh.upstream;

import io.tickmesh.bus.TickBatch;
import io.tickmesh.market.PoolEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups the events of one event-loop turn per node, and numbers the batches of an epoch. */
final class Outbox {
    /** Takes a batch to its node. */
    interface Sender {
        void send(String node, TickBatch batch);
    }

    private final String pool;
    private final String owner;
    private final long epoch;
    private final PoolMeters meters;
    private final Runnable onFirst;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private List<Lane> due = new ArrayList<>();

    /** {@code onFirst} is called when there is something to flush again. */
    Outbox(String pool, String owner, long epoch, PoolMeters meters, Runnable onFirst) {
        this.pool = pool;
        this.owner = owner;
        this.epoch = epoch;
        this.meters = meters;
        this.onFirst = onFirst;
    }

    Lane lane(String node) {
        return lanes.computeIfAbsent(node, name -> new Lane(name, this, name.equals(owner)));
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    void onDue(Lane lane) {
        due.add(lane);
        if (due.size() == 1) {
            onFirst.run();
        }
    }

    void onConflated() {
        meters.conflated.increment();
    }

    void flush(Sender sender) {
        List<Lane> now = due;
        due = new ArrayList<>(now.size());
        for (Lane lane : now) {
            lane.flush(sender);
        }
    }

    /** To be called each second: every lane that was silent since the last call says that it is there. */
    void pulse(Sender sender) {
        long inFlight = 0;
        long waiting = 0;
        for (Lane lane : lanes.values()) {
            lane.pulse(sender);
            inFlight += lane.inFlight();
            waiting += lane.waiting();
        }
        meters.onLinks(inFlight, waiting);
    }

    TickBatch batch(long number, List<PoolEvent> events) {
        if (!events.isEmpty()) {
            meters.batches.increment();
        }
        return new TickBatch(pool, owner, epoch, number, WallClock.micros(), events);
    }
}
