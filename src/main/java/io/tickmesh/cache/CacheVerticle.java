package io.tickmesh.cache;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.CacheQuery;
import io.tickmesh.bus.FeedNews;
import io.tickmesh.bus.HubEvents;
import io.tickmesh.bus.Inbound;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PoolOwner;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives every tick that reaches this node, checks it, keeps the newest, and gives it on to the hubs. One per node. */
public final class CacheVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(CacheVerticle.class);
    private static final int RING_SIZE = 256;
    private static final long LOOK_MILLIS = 50;

    private final String node;
    private final int loops;
    private final NewestValues values;
    private final Metrics metrics;
    private final Map<String, Link> links = new HashMap<>();
    private final Map<String, PoolOwner> owners = new HashMap<>();
    private boolean looking;
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
                new Inbound(bus, metrics).listen(Addresses.ticksOf(node), (body, message) -> onTicks(body)),
                bus.<PoolOwner>localConsumer(Addresses.OWNERS, message -> onOwner(message.body()))
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

    private boolean onTicks(Object body) {
        if (body instanceof TickBatch batch) {
            onBatch(batch);
            return true;
        }
        return false;
    }

    private void onBatch(TickBatch batch) {
        Link link = link(batch.pool());
        // what was said before this node listened was not lost on it
        boolean known = link.begun() && !link.missed();
        switch (link.onBatch(batch, wallMicros(), System.nanoTime())) {
            case TAKE -> take(batch);
            case STALE_EPOCH ->
                metrics.counter(Count.CACHE_STALE_EPOCH, batch.pool())
                        .increment(batch.events().size());
            case TOO_OLD ->
                metrics.counter(Count.CACHE_AGED_BATCHES, batch.pool()).increment();
            case REPEATED -> {}
        }
        if (link.missed() && known) {
            metrics.counter(Count.CACHE_MISSED_BATCHES, batch.pool()).increment();
            if (link.complains(System.nanoTime())) {
                LOG.atWarn()
                        .addKeyValue("pool", batch.pool())
                        .addKeyValue("owner", batch.owner())
                        .log("ticks were lost or late on the way from the owner, the newest values are asked again");
            }
        }
        acknowledge(link);
    }

    private static long wallMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    private void take(TickBatch batch) {
        List<PoolEvent> events = values.take(batch);
        topics = values.topics();
        tell(events);
        for (PoolEvent event : events) {
            if (event instanceof FeedStatus status) {
                bus().publish(Addresses.FEED_NEWS, new FeedNews(status));
            }
        }
    }

    private void tell(List<PoolEvent> events) {
        if (!events.isEmpty()) {
            HubEvents told = new HubEvents(events);
            for (int loop = 0; loop < loops; loop++) {
                bus().send(Addresses.hub(loop), told);
            }
        }
    }

    private Link link(String pool) {
        return links.computeIfAbsent(pool, fresh -> new Link(node, fresh));
    }

    /** Sends the receipt if it is due, and looks again soon if it is not. */
    private void acknowledge(Link link) {
        LinkReceipt receipt = link.receipt(System.nanoTime());
        if (receipt != null) {
            vertx.eventBus().send(Addresses.interestOf(link.owner()), receipt);
        }
        if (link.owes() && !looking) {
            looking = true;
            vertx.setTimer(LOOK_MILLIS, timer -> {
                looking = false;
                links.values().forEach(this::acknowledge);
            });
        }
    }

    private void onOwner(PoolOwner owner) {
        Link link = link(owner.pool());
        PoolOwner before = owners.put(owner.pool(), owner);
        link.onOwner(owner.node(), owner.epoch());
        if (before == null || before.equals(owner) || before.epoch() != owner.epoch()) {
            return;
        }
        if (owner.heard()) {
            link.doubt();
            acknowledge(link);
        } else {
            String reason = "the owner of the feed, " + owner.node() + ", is silent; another takes over";
            tell(values.ownerLost(owner.pool(), reason, System.currentTimeMillis()));
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
