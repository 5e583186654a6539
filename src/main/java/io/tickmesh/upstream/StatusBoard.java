package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the owner says of its connections, to every node: clients ask for it, and the next owner goes on from it. */
final class StatusBoard {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final PoolSetup setup;
    private final long epoch;
    private final Outbox outbox;
    private final PoolMeters meters;
    private final LongSupplier wallMillis;
    private final Map<String, FeedStatus> last = new LinkedHashMap<>();

    StatusBoard(PoolSetup setup, long epoch, Outbox outbox, PoolMeters meters, LongSupplier wallMillis) {
        this.setup = setup;
        this.epoch = epoch;
        this.outbox = outbox;
        this.meters = meters;
        this.wallMillis = wallMillis;
    }

    /** Says how a connection fares, if it was not said already. */
    void say(FeedLink link, long now) {
        FeedState state = link.state();
        String reason = link.reason();
        Retries retries = link.retries();
        @Nullable FeedStatus before = last.get(link.plan.name());
        boolean same = before != null
                && before.state() == state
                && before.reason().equals(reason)
                && before.attempts() == retries.attempts()
                && before.refusals() == retries.refusals()
                && before.registered() == link.registered()
                && before.tokens().equals(link.sealedTokens());
        if (same) {
            return;
        }
        FeedConfig feed = link.feed;
        FeedStatus status = new FeedStatus(
                setup.pool(),
                link.plan.name(),
                setup.provider().name(),
                feed.effectiveMode() == FeedConfig.Mode.SIM,
                setup.provider().configured(feed.credentials()),
                state,
                reason,
                before != null && before.state() == state ? before.since() : wallMillis.getAsLong(),
                retries.attempts(),
                link.registered(),
                link.plan.slots(),
                retries.refusals(),
                retryAt(state, retries, now),
                link.sealedTokens(),
                setup.node(),
                epoch);
        last.put(status.feed(), status);
        meters.onStatus(status);
        outbox.lane(setup.node());
        outbox.lanes().forEach(lane -> lane.add(status));
    }

    private long retryAt(FeedState state, Retries retries, long now) {
        boolean pausing = state == FeedState.WAITING || state == FeedState.SUSPENDED;
        return pausing ? wallMillis.getAsLong() + (retries.pauseEnd() - now) / NANOS_PER_MILLI : 0;
    }

    /** Tells a node what was said last. */
    void introduce(Lane lane) {
        last.values().forEach(lane::add);
    }

    /** What was said last of each connection; empty before the beginning. */
    Collection<FeedStatus> last() {
        return last.values();
    }
}
