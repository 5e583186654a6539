package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the owner says of its feed, to every node: their clients ask for it, and the next owner goes on from it. */
final class StatusBoard {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final PoolSetup setup;
    private final long epoch;
    private final Retries retries;
    private final Registrar registrar;
    private final Outbox outbox;
    private final PoolMeters meters;
    private final LongSupplier wallMillis;
    private @Nullable FeedStatus last;

    StatusBoard(
            PoolSetup setup,
            long epoch,
            Retries retries,
            Registrar registrar,
            Outbox outbox,
            PoolMeters meters,
            LongSupplier wallMillis) {
        this.setup = setup;
        this.epoch = epoch;
        this.retries = retries;
        this.registrar = registrar;
        this.outbox = outbox;
        this.meters = meters;
        this.wallMillis = wallMillis;
    }

    /** Says how the feed fares, if it was not said already. */
    void say(FeedState state, String reason, long now) {
        @Nullable FeedStatus before = last;
        boolean same = before != null
                && before.state() == state
                && before.reason().equals(reason)
                && before.attempts() == retries.attempts()
                && before.refusals() == retries.refusals()
                && before.registered() == registrar.registered();
        if (same) {
            return;
        }
        FeedConfig feed = setup.feed();
        FeedStatus status = new FeedStatus(
                setup.pool(),
                feed.id(),
                setup.provider().name(),
                feed.effectiveMode() == FeedConfig.Mode.SIM,
                setup.provider().configured(feed.credentials()),
                state,
                reason,
                before != null && before.state() == state ? before.since() : wallMillis.getAsLong(),
                retries.attempts(),
                registrar.registered(),
                feed.maxSubscriptions(),
                retries.refusals(),
                retryAt(state, now),
                setup.node(),
                epoch);
        last = status;
        meters.onStatus(status);
        outbox.lane(setup.node());
        outbox.lanes().forEach(lane -> lane.add(status));
    }

    private long retryAt(FeedState state, long now) {
        boolean pausing = state == FeedState.WAITING || state == FeedState.SUSPENDED;
        return pausing ? wallMillis.getAsLong() + (retries.pauseEnd() - now) / NANOS_PER_MILLI : 0;
    }

    /** Tells a node what was said last. */
    void introduce(Lane lane) {
        if (last != null) {
            lane.add(last);
        }
    }

    /** What was said last; null before the beginning. */
    @Nullable
    FeedStatus last() {
        return last;
    }
}
