package io.tickmesh.subscription;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.HolderCounts;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.InterestAsk;
import io.tickmesh.bus.InterestQuery;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LedgerChange;
import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerQuery;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PinRequest;
import io.tickmesh.bus.PoolOwner;
import io.tickmesh.bus.Released;
import io.tickmesh.bus.Replay;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the owners of the pools what the clients and pins of this node hold. One per node. */
public final class SubscriptionVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionVerticle.class);
    private static final long RELEASE_CHECK_MILLIS = 250;
    private static final long DIGEST_MILLIS = 10_000;
    private static final long TELL_EVERY_NANOS = 10_000_000;
    private static final int REFUSED = 422;

    /** How keys of the ledger begin that are pins. */
    private static final String PIN = "pin:";

    private final String node;
    private final Catalog catalog;
    private final InterestBook book;
    private final Metrics metrics;
    private final Map<String, Telling> tellings = new HashMap<>();
    private boolean tellingScheduled;
    private long toldAt = System.nanoTime() - TELL_EVERY_NANOS;
    private volatile int held;

    public SubscriptionVerticle(String node, Catalog catalog, Duration linger, Metrics metrics) {
        this.node = node;
        this.catalog = catalog;
        this.book = new InterestBook(catalog::poolOf, linger);
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        EventBus bus = vertx.eventBus();
        metrics.gauge(Level.HELD_TOPICS, () -> held);
        vertx.setPeriodic(RELEASE_CHECK_MILLIS, timer -> onReleaseCheck());
        vertx.setPeriodic(DIGEST_MILLIS, timer -> tellDigests());
        return Future.all(List.of(
                        listen(Addresses.HOLDERS, (Message<HolderCounts> message) -> onHolders(message.body())),
                        listen(Addresses.PINS, this::onPins),
                        listen(Addresses.INTEREST, this::onQuery),
                        listen(Addresses.OWNERS, (Message<PoolOwner> message) -> onOwner(message.body())),
                        listen(Addresses.INTEREST_ASKS, (Message<InterestAsk> message) -> onAsk(message.body())),
                        listen(Addresses.LEDGER_NEWS, (Message<LedgerNews> message) -> onNews(message.body())),
                        listen(Addresses.inquiry("subscription"), this::onInquiry)))
                .compose(listening -> new NodeBus(bus).<LedgerNews>request(Addresses.LEDGER, new LedgerQuery(PIN)))
                .onSuccess(answer -> onNews(answer.body()));
    }

    private <T> Future<Void> listen(String address, Handler<Message<T>> handler) {
        return vertx.eventBus().localConsumer(address, handler).completion();
    }

    private void onHolders(HolderCounts counts) {
        List<Topic> knownBefore = book.onHolders(counts, System.nanoTime());
        if (!knownBefore.isEmpty()) {
            new NodeBus(vertx.eventBus()).send(Addresses.REPLAY, new Replay(counts.loop(), knownBefore));
        }
        if (counts.dropped().isEmpty()) {
            tellSoon();
        } else {
            onReleaseCheck();
        }
    }

    /** Told at once: a release that waited could merge with a new interest, and the owner would have no news to answer. */
    private void onReleaseCheck() {
        List<Topic> released = book.release(System.nanoTime());
        if (!released.isEmpty()) {
            new NodeBus(vertx.eventBus()).send(Addresses.RELEASED, new Released(released));
        }
        held = book.held();
        tell();
    }

    /** Pins belong to no node: they are entered in the ledger, from which every node takes them. */
    private void onPins(Message<PinRequest> message) {
        PinRequest request = message.body();
        Set<String> keys = request.topics().stream().map(topic -> PIN + topic).collect(Collectors.toSet());
        LedgerChange change = request.add() ? new LedgerChange(keys, Set.of()) : new LedgerChange(Set.of(), keys);
        new NodeBus(vertx.eventBus())
                .<LedgerNews>request(Addresses.LEDGER, change)
                .onSuccess(answer -> {
                    onNews(answer.body());
                    message.reply(book.report(request.provider()));
                })
                .onFailure(refused -> message.fail(REFUSED, refused.getMessage()));
    }

    private void onNews(LedgerNews news) {
        book.pin(topics(news.added()));
        book.unpin(topics(news.removed()), System.nanoTime());
        tellSoon();
    }

    /** An entry of another version's making that is no topic here is left to those who know it. */
    private List<Topic> topics(Set<String> keys) {
        List<Topic> topics = new ArrayList<>();
        for (String key : keys) {
            if (key.startsWith(PIN)) {
                try {
                    topics.add(catalog.topic(key.substring(PIN.length())));
                } catch (IllegalArgumentException unknown) {
                    metrics.counter(Count.INTEREST_UNKNOWN_PINS).increment();
                    LOG.atDebug().addKeyValue("pin", key).log("a pin that is no topic is passed over");
                }
            }
        }
        return topics;
    }

    private void onQuery(Message<InterestQuery> message) {
        message.reply(book.report(message.body().provider()));
    }

    private void onInquiry(Message<Inquiry> message) {
        message.reply(Finding.of(new JsonObject()
                .put("sessions", new JsonObject(new TreeMap<>(book.sessions())))
                .put("held", book.held())
                .put("pins", book.pins())));
    }

    private void onOwner(PoolOwner owner) {
        tellFromNowOn(owner.pool(), owner.node(), owner.epoch());
    }

    /** The owner misses something, or is one that this node has not heard of yet. */
    private void onAsk(InterestAsk ask) {
        Telling telling = tellings.get(ask.pool());
        if (telling != null && telling.epoch() == ask.epoch()) {
            send(telling, telling.everything(book.everything(ask.pool())));
        } else {
            tellFromNowOn(ask.pool(), ask.owner(), ask.epoch());
        }
    }

    private void tellFromNowOn(String pool, String owner, long epoch) {
        Telling before = tellings.get(pool);
        if (before == null || before.epoch() < epoch) {
            Telling telling = new Telling(node, pool, owner, epoch);
            tellings.put(pool, telling);
            send(telling, telling.everything(book.everything(pool)));
        }
    }

    /** A burst, such as of clients that come back all at once, gives few messages. */
    private void tellSoon() {
        if (tellingScheduled || book.poolsToTell().isEmpty()) {
            return;
        }
        tellingScheduled = true;
        long sinceTold = System.nanoTime() - toldAt;
        if (sinceTold >= TELL_EVERY_NANOS) {
            context.runOnContext(turn -> tellNow());
        } else {
            vertx.setTimer(TELL_EVERY_NANOS / 1_000_000, timer -> tellNow());
        }
    }

    private void tellNow() {
        tellingScheduled = false;
        tell();
    }

    /** What cannot be told, because a pool has no owner yet, is told in full when it has one. */
    private void tell() {
        for (String pool : book.poolsToTell()) {
            Telling telling = tellings.get(pool);
            if (telling != null) {
                toldAt = System.nanoTime();
                send(telling, telling.changes(book.changes(pool)));
            }
        }
    }

    private void tellDigests() {
        tell();
        tellings.forEach((pool, telling) -> send(telling, telling.digest(book.entries(pool))));
    }

    private void send(Telling telling, InterestUpdate update) {
        vertx.eventBus().send(Addresses.interestOf(telling.owner()), update);
    }
}
