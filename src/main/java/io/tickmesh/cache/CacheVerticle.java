package io.tickmesh.cache;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.CacheQuery;
import io.tickmesh.bus.FeedNews;
import io.tickmesh.bus.HistoryQuery;
import io.tickmesh.bus.HubEvents;
import io.tickmesh.bus.Inbound;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PoolOwner;
import io.tickmesh.bus.Released;
import io.tickmesh.bus.Replay;
import io.tickmesh.bus.ReplayHeld;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.History;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.TopicState;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives every tick that reaches this node, checks it, keeps the newest, gives it on to the hubs, and tells the owners
 * how far their batches have come. One per node.
 */
public final class CacheVerticle extends VerticleBase implements PoolWatch.Changes {
    private static final Logger LOG = LoggerFactory.getLogger(CacheVerticle.class);
    private static final long RECEIPT_MILLIS = 50;

    private final String node;
    private final int loops;
    private final NewestValues values;
    private final Metrics metrics;
    private final Map<String, Link> links = new HashMap<>();
    private final PoolWatch watch = new PoolWatch();
    private boolean receiptsDue;
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
                limits.cachedTopics(), new History(History.RING, limits.historyBytes()), new CountedRefusals(metrics));
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
        HistoryDesk histories = new HistoryDesk(bus, values, this::ownerOf);
        metrics.gauge(Level.CACHED_TOPICS, () -> topics);
        return Future.all(List.of(
                new Inbound(bus, metrics).listen(Addresses.ticksOf(node), this::onTicks),
                bus.<PoolOwner>localConsumer(Addresses.OWNERS, message -> onOwner(message.body()))
                        .completion(),
                bus.<Members>localConsumer(Addresses.MEMBERS, message -> watch.onMembers(message.body(), this))
                        .completion(),
                bus.<Replay>localConsumer(Addresses.REPLAY, message -> onReplay(message.body()))
                        .completion(),
                bus.<ReplayHeld>localConsumer(Addresses.REPLAY_HELD, message -> onReplay(message.body()))
                        .completion(),
                bus.<Released>localConsumer(Addresses.RELEASED, message -> onReleased(message.body()))
                        .completion(),
                bus.<HistoryQuery>localConsumer(Addresses.HISTORY, histories::onQuery)
                        .completion(),
                bus.<CacheQuery>localConsumer(Addresses.CACHE, this::onQuery).completion()));
    }

    /** The first batches of an owner may come before it is said who that is. */
    private @Nullable String ownerOf(String pool) {
        @Nullable PoolOwner owner = watch.ownerOf(pool);
        @Nullable Link link = links.get(pool);
        if (owner == null && link != null && !link.owner().isEmpty()) {
            return link.owner();
        }
        return owner == null ? null : owner.node();
    }

    private NodeBus bus() {
        return new NodeBus(vertx.eventBus());
    }

    private boolean onTicks(Object body, Message<Object> message) {
        if (!(body instanceof TickBatch batch)) {
            return false;
        }
        if (!values.refuses(batch)) {
            onBatch(batch);
        }
        return true;
    }

    private void onBatch(TickBatch batch) {
        Link link = link(batch.pool());
        long now = System.nanoTime();
        Link.Arrival arrival = link.arrive(batch, System.currentTimeMillis() * 1_000, now);
        if (arrival.missed() > 0 || arrival.aged()) {
            onMissed(batch, link, arrival, now);
        }
        if (!arrival.aged()) {
            List<PoolEvent> events = values.take(batch);
            topics = values.topics();
            tell(events);
        }
        receiptSoon(link, now);
    }

    private Link link(String pool) {
        return links.computeIfAbsent(pool, fresh -> new Link(node, fresh));
    }

    private void onMissed(TickBatch batch, Link link, Link.Arrival arrival, long now) {
        metrics.counter(Count.CACHE_MISSED_BATCHES, batch.pool()).increment((double) arrival.missed());
        metrics.counter(Count.CACHE_AGED_BATCHES, batch.pool()).increment(arrival.aged() ? 1 : 0);
        if (link.complains(now)) {
            LOG.atWarn()
                    .addKeyValue("pool", batch.pool())
                    .addKeyValue("owner", batch.owner())
                    .addKeyValue("epoch", batch.epoch())
                    .addKeyValue("number", batch.number())
                    .addKeyValue("missed", arrival.missed())
                    .log(arrival.aged() ? "batch dropped, it is too old" : "batches of the owner did not arrive");
        }
    }

    private void tell(List<PoolEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        HubEvents told = new HubEvents(events);
        for (int loop = 0; loop < loops; loop++) {
            bus().send(Addresses.hub(loop), told);
        }
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof FeedStatus status) {
                bus().publish(Addresses.FEED_NEWS, new FeedNews(status));
            }
        }
    }

    private void receiptSoon(Link link, long now) {
        if (link.pressing(now)) {
            receipt(link, now);
        }
        if (!receiptsDue && link.owes()) {
            receiptsDue = true;
            vertx.setTimer(RECEIPT_MILLIS, timer -> onReceiptsDue());
        }
    }

    private void onReceiptsDue() {
        receiptsDue = false;
        long now = System.nanoTime();
        for (Link link : links.values()) {
            receipt(link, now);
            receiptSoon(link, now);
        }
    }

    private void receipt(Link link, long now) {
        LinkReceipt receipt = link.receipt(now);
        if (receipt != null) {
            vertx.eventBus().send(Addresses.interestOf(link.owner()), receipt);
        }
    }

    private void onOwner(PoolOwner owner) {
        values.begin(owner.pool(), owner.epoch());
        if (owner.epoch() == values.epochOf(owner.pool())) {
            watch.onOwner(owner, this);
        }
    }

    @Override
    public void onLost(PoolOwner owner) {
        if (owner.epoch() == values.epochOf(owner.pool())) {
            String reason = "the owner of the feed, " + owner.node() + ", is silent; another takes over";
            tell(values.forsake(owner.pool(), new TopicState(DataState.STALE, reason, System.currentTimeMillis())));
        }
    }

    /** Its topics are not as stale as was said, and only it knows their states. */
    @Override
    public void onFound(PoolOwner owner) {
        if (owner.epoch() == values.epochOf(owner.pool())) {
            Link link = link(owner.pool());
            link.refresh(owner.node(), owner.epoch());
            receiptSoon(link, System.nanoTime());
        }
    }

    private void onReplay(ReplayHeld replay) {
        bus().send(Addresses.hub(replay.loop()), new HubEvents(values.answers(replay.prefix())));
    }

    private void onReleased(Released released) {
        values.release(released.topics());
        for (int loop = 0; loop < loops; loop++) {
            bus().send(Addresses.hubReleases(loop), released);
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
