package io.tickmesh.subscription;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.HolderCounts;
import io.tickmesh.bus.InterestQuery;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PinRequest;
import io.tickmesh.bus.PoolOwner;
import io.tickmesh.bus.Released;
import io.tickmesh.bus.Replay;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the owners of the pools what the clients and pins of this node hold. One per node. */
public final class SubscriptionVerticle extends VerticleBase {
    private static final long RELEASE_CHECK_MILLIS = 250;

    private final String node;
    private final InterestBook book;
    private final Metrics metrics;
    private final Map<String, Telling> tellings = new HashMap<>();
    private boolean tellingScheduled;
    private volatile int held;

    /** Whom a pool's interest is told to, and how far the telling has come. */
    private static final class Telling {
        private final PoolOwner owner;
        private long number;

        Telling(PoolOwner owner) {
            this.owner = owner;
        }
    }

    public SubscriptionVerticle(String node, Catalog catalog, Duration linger, Metrics metrics) {
        this.node = node;
        this.book = new InterestBook(catalog::poolOf, linger);
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        EventBus bus = vertx.eventBus();
        metrics.gauge(Level.HELD_TOPICS, () -> held);
        vertx.setPeriodic(RELEASE_CHECK_MILLIS, timer -> onReleaseCheck());
        return Future.all(
                bus.<HolderCounts>localConsumer(Addresses.HOLDERS, message -> onHolders(message.body()))
                        .completion(),
                bus.<PinRequest>localConsumer(Addresses.PINS, this::onPins).completion(),
                bus.<InterestQuery>localConsumer(Addresses.INTEREST, this::onQuery)
                        .completion(),
                bus.<PoolOwner>localConsumer(Addresses.OWNERS, message -> onOwner(message.body()))
                        .completion());
    }

    private void onHolders(HolderCounts counts) {
        List<Topic> knownBefore = book.onHolders(counts, System.nanoTime());
        if (!knownBefore.isEmpty()) {
            new NodeBus(vertx.eventBus()).send(Addresses.REPLAY, new Replay(counts.loop(), knownBefore));
        }
        tellSoon();
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

    private void onPins(Message<PinRequest> message) {
        PinRequest request = message.body();
        if (request.add()) {
            book.pin(request.topics());
        } else {
            book.unpin(request.topics(), System.nanoTime());
        }
        tellSoon();
        message.reply(book.report(request.provider()));
    }

    private void onQuery(Message<InterestQuery> message) {
        message.reply(book.report(message.body().provider()));
    }

    private void onOwner(PoolOwner owner) {
        Telling before = tellings.get(owner.pool());
        if (before != null && before.owner.epoch() >= owner.epoch()) {
            return;
        }
        Telling telling = new Telling(owner);
        tellings.put(owner.pool(), telling);
        send(telling, true, book.everything(owner.pool()));
    }

    private void tellSoon() {
        if (!tellingScheduled && !book.poolsToTell().isEmpty()) {
            tellingScheduled = true;
            context.runOnContext(turn -> {
                tellingScheduled = false;
                tell();
            });
        }
    }

    /** What cannot be told, because a pool has no owner yet, is told in full when it has one. */
    private void tell() {
        for (String pool : book.poolsToTell()) {
            Telling telling = tellings.get(pool);
            if (telling != null) {
                send(telling, false, book.changes(pool));
            }
        }
    }

    private void send(Telling telling, boolean full, List<InterestUpdate.Entry> entries) {
        String pool = telling.owner.pool();
        vertx.eventBus()
                .send(
                        Addresses.interestOf(telling.owner.node()),
                        new InterestUpdate(
                                node,
                                pool,
                                telling.owner.epoch(),
                                ++telling.number,
                                full ? InterestUpdate.Form.FULL : InterestUpdate.Form.CHANGE,
                                0,
                                entries));
    }
}
