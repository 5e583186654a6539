package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseMessage;
import io.tickmesh.bus.Rendezvous;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When it is this node's turn to claim a pool: the preferred node as soon as the voters may give their word, each
 * further node one step later. The owner that fell silent, or gave the pool away, comes last.
 */
final class ClaimTimer {
    private final String pool;
    private final String node;
    private final Electorate electorate;
    private final OwnerSight sight;
    private Moment start;
    private LeaseMessage.@Nullable Release release;
    private @Nullable Moment releasedAt;
    private @Nullable Moment failedAt;

    ClaimTimer(String pool, String node, Electorate electorate, OwnerSight sight, Moment start) {
        this.pool = pool;
        this.node = node;
        this.electorate = electorate;
        this.sight = sight;
        this.start = start;
    }

    void restart(Moment now) {
        start = now;
    }

    void onRelease(LeaseMessage.Release newest, Moment now) {
        if (newest.epoch() >= sight.epoch() && newest.epoch() > releasedEpoch()) {
            release = newest;
            releasedAt = now;
        }
    }

    void onFailedClaim(Moment now) {
        failedAt = now;
    }

    /** The epoch of the last owner if it was released, for the voters that missed it. */
    long releasedEpoch() {
        return release == null ? LeaseMessage.NO_EPOCH : release.epoch();
    }

    boolean due(Moment now) {
        Moment since = start;
        long wait = electorate.alone() ? 0 : LeaseTimes.SILENCE;
        Moment heard = sight.heardAt();
        if (releasedAt != null && releasedEpoch() >= sight.epoch()) {
            since = releasedAt;
            wait = 0;
        } else if (heard != null) {
            since = heard;
            wait = LeaseTimes.HOLD;
        }
        if (now.millisSince(since) < wait) {
            return false;
        }
        long turn = rank() * LeaseTimes.STEP;
        return now.millisSince(since) >= wait + turn
                && (failedAt == null || now.millisSince(failedAt) >= turn + LeaseTimes.STEP);
    }

    private int rank() {
        List<String> order = new ArrayList<>(Rendezvous.order(pool, electorate.live()));
        String last = release != null && release.epoch() >= sight.epoch() ? release.from() : sight.node();
        if (order.remove(last)) {
            order.add(last);
        }
        if (release != null && release.epoch() >= sight.epoch() && order.remove(release.successor())) {
            order.add(0, release.successor());
        }
        return order.indexOf(node);
    }
}
