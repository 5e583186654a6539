package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseMessage;
import org.jspecify.annotations.Nullable;

/** What a node knows of a pool's owner, from heartbeats alone; it need not be a voter. */
final class OwnerSight {
    private record Seen(String node, long epoch, Moment at) {}

    private @Nullable Seen owner;
    private @Nullable Seen heard;

    void onHeartbeat(LeaseMessage.Heartbeat heartbeat, Moment now) {
        Seen seen = new Seen(heartbeat.from(), heartbeat.epoch(), now);
        if (heartbeat.epoch() < epoch()) {
            return;
        }
        heard = seen;
        if (heartbeat.confirmed()) {
            owner = seen;
        }
    }

    /** The highest epoch of an owner, not of a mere claimant. */
    long epoch() {
        return owner == null ? LeaseMessage.NO_EPOCH : owner.epoch();
    }

    /** The last node that was heard as an owner. */
    String node() {
        return owner == null ? "" : owner.node();
    }

    /** When an owner or a claimant was heard last. */
    @Nullable
    Moment heardAt() {
        return heard == null ? null : heard.at();
    }

    @Nullable
    OwnerView view(Moment now) {
        return owner == null
                ? null
                : new OwnerView(owner.node(), owner.epoch(), now.within(LeaseTimes.LEASE, owner.at()));
    }
}
