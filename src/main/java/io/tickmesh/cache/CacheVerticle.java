package io.tickmesh.cache;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.CacheQuery;
import io.tickmesh.bus.HubEvents;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.Released;
import io.tickmesh.bus.Replay;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;

/** Receives every tick that reaches this node, checks it, keeps the newest, and gives it on to the hubs. One per node. */
public final class CacheVerticle extends VerticleBase {
    private static final int RING_SIZE = 256;

    private final String node;
    private final int loops;
    private final NewestValues values;
    private final Metrics metrics;
    private volatile int topics;

    /**
     * The cache of a node.
     *
     * @param loops how many hubs there are, numbered from 0
     */
    public CacheVerticle(String node, int loops, LimitsConfig limits, Metrics metrics) {
        this.node = node;
        this.loops = loops;
        this.metrics = metrics;
        this.values = new NewestValues(
                limits.cachedTopics(), new History(RING_SIZE, limits.historyBytes()), new CountedRefusals(metrics));
    }

    /** What was refused, as counters. */
    private record CountedRefusals(Metrics metrics) implements NewestValues.Refusals {
        @Override
        public void onStaleEpoch(String pool, int events) {
            metrics.counter(Count.CACHE_STALE_EPOCH, pool).increment(events);
        }

        @Override
        public void onOldTick(String pool) {
            metrics.counter(Count.CACHE_OLD_TICKS, pool).increment();
        }

        @Override
        public void onLost(String pool, long ticks) {
            metrics.counter(Count.CACHE_LOST_TICKS, pool).increment((double) ticks);
        }
    }

    @Override
    public Future<?> start() {
        EventBus bus = vertx.eventBus();
        metrics.gauge(Level.CACHED_TOPICS, () -> topics);
        return Future.all(
                bus.<TickBatch>consumer(Addresses.ticksOf(node), message -> onBatch(message.body()))
                        .completion(),
                bus.<Replay>localConsumer(Addresses.REPLAY, message -> onReplay(message.body()))
                        .completion(),
                bus.<Released>localConsumer(
                                Addresses.RELEASED,
                                message -> values.release(message.body().topics()))
                        .completion(),
                bus.<CacheQuery>localConsumer(Addresses.CACHE, this::onQuery).completion());
    }

    private NodeBus bus() {
        return new NodeBus(vertx.eventBus());
    }

    private void onBatch(TickBatch batch) {
        vertx.eventBus()
                .send(
                        Addresses.interestOf(batch.owner()),
                        new LinkReceipt(node, batch.pool(), batch.epoch(), batch.number(), false));
        List<PoolEvent> events = values.take(batch);
        topics = values.topics();
        if (!events.isEmpty()) {
            HubEvents told = new HubEvents(events);
            for (int loop = 0; loop < loops; loop++) {
                bus().send(Addresses.hub(loop), told);
            }
        }
    }

    /** Feeds go along, since a hub that has just started knows none. */
    private void onReplay(Replay replay) {
        List<FeedStatus> feeds = values.feeds();
        List<PoolEvent> events = new ArrayList<>(feeds);
        events.addAll(values.answers(replay.topics()));
        bus().send(Addresses.hub(replay.loop()), new HubEvents(events));
    }

    private void onQuery(Message<CacheQuery> message) {
        message.reply(values.report(message.body()));
    }
}
