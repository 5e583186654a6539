package io.tickmesh.upstream;

import io.micrometer.core.instrument.Counter;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one pool, looked up once. */
final class PoolMeters {
    final Counter frames;
    final Counter badFrames;
    final Counter unknownFrames;
    final Counter ticks;
    final Counter unwanted;
    final Counter late;
    final Counter restamped;
    final Counter orphanBreaks;
    final Counter connects;
    final Counter refusals;
    final Counter ackTimeouts;
    final Counter leasesLost;
    final Counter repeated;
    final Counter restCalls;
    final Counter restTooFast;
    final Counter restFailures;
    final Counter batches;
    final Counter conflated;
    final Counter refreshes;
    final Counter asks;
    private final Metrics metrics;
    private final String pool;
    private final Map<String, AtomicReference<@Nullable FeedStatus>> said = new ConcurrentHashMap<>();
    private volatile long inFlight;
    private volatile long waiting;

    PoolMeters(Metrics metrics, String pool) {
        this.metrics = metrics;
        this.pool = pool;
        frames = metrics.counter(Count.UPSTREAM_FRAMES, pool);
        badFrames = metrics.counter(Count.UPSTREAM_BAD_FRAMES, pool);
        unknownFrames = metrics.counter(Count.UPSTREAM_UNKNOWN_FRAMES, pool);
        ticks = metrics.counter(Count.UPSTREAM_TICKS, pool);
        unwanted = metrics.counter(Count.UPSTREAM_UNWANTED, pool);
        late = metrics.counter(Count.UPSTREAM_LATE, pool);
        restamped = metrics.counter(Count.UPSTREAM_RESTAMPED, pool);
        orphanBreaks = metrics.counter(Count.UPSTREAM_ORPHAN_BREAKS, pool);
        connects = metrics.counter(Count.UPSTREAM_CONNECTS, pool);
        refusals = metrics.counter(Count.UPSTREAM_REFUSALS, pool);
        ackTimeouts = metrics.counter(Count.UPSTREAM_ACK_TIMEOUTS, pool);
        repeated = metrics.counter(Count.UPSTREAM_REPEATED, pool);
        restCalls = metrics.counter(Count.REST_CALLS, pool);
        restTooFast = metrics.counter(Count.REST_TOO_FAST, pool);
        restFailures = metrics.counter(Count.REST_FAILURES, pool);
        leasesLost = metrics.counter(Count.UPSTREAM_LEASES_LOST, pool);
        batches = metrics.counter(Count.LINK_BATCHES, pool);
        conflated = metrics.counter(Count.LINK_CONFLATED, pool);
        refreshes = metrics.counter(Count.LINK_REFRESHES, pool);
        asks = metrics.counter(Count.INTEREST_ASKS, pool);
        metrics.gauge(Level.LINK_IN_FLIGHT, () -> inFlight, pool);
        metrics.gauge(Level.LINK_WAITING, () -> waiting, pool);
    }

    void onClosed(SessionEnd end) {
        metrics.counter(Count.UPSTREAM_CLOSES, pool, end.word()).increment();
    }

    void onStatus(FeedStatus status) {
        said.computeIfAbsent(status.feed(), this::gauges).set(status);
    }

    private AtomicReference<@Nullable FeedStatus> gauges(String feed) {
        AtomicReference<@Nullable FeedStatus> last = new AtomicReference<>();
        gauge(Level.FEED_CONNECTED, feed, last, status -> status.state().connected() ? 1 : 0);
        gauge(Level.FEED_ATTEMPTS, feed, last, FeedStatus::attempts);
        gauge(Level.FEED_REGISTERED, feed, last, FeedStatus::registered);
        return last;
    }

    private void gauge(
            Level level, String feed, AtomicReference<@Nullable FeedStatus> last, ToIntFunction<FeedStatus> value) {
        metrics.gauge(
                level,
                () -> {
                    @Nullable FeedStatus status = last.get();
                    return status == null ? 0 : value.applyAsInt(status);
                },
                pool,
                feed);
    }

    /** This node acts for the pool no more. */
    void onPassive() {
        said.values().forEach(last -> last.set(null));
        onLinks(0, 0);
    }

    /** Events under way to nodes, and waiting for them. */
    void onLinks(long underWay, long waits) {
        inFlight = underWay;
        waiting = waits;
    }
}
