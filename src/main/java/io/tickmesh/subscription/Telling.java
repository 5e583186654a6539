package io.tickmesh.subscription;

import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.InterestUpdate.Form;
import java.util.List;

/** Whom the interest in a pool is told to, and how far the telling has come. Each owner and epoch has one of its own. */
final class Telling {
    private final String node;
    private final String pool;
    private final String owner;
    private final long epoch;
    private long number;

    Telling(String node, String pool, String owner, long epoch) {
        this.node = node;
        this.pool = pool;
        this.owner = owner;
        this.epoch = epoch;
    }

    String owner() {
        return owner;
    }

    long epoch() {
        return epoch;
    }

    InterestUpdate everything(List<InterestUpdate.Entry> entries) {
        return new InterestUpdate(node, pool, epoch, ++number, Form.FULL, 0, entries);
    }

    InterestUpdate changes(List<InterestUpdate.Entry> entries) {
        return new InterestUpdate(node, pool, epoch, ++number, Form.CHANGE, 0, entries);
    }

    /** By which the owner sees whether it knows all. */
    InterestUpdate digest(List<InterestUpdate.Entry> entries) {
        return new InterestUpdate(node, pool, epoch, number, Form.DIGEST, InterestUpdate.digestOf(entries), List.of());
    }
}
