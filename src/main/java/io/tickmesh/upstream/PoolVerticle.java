package io.tickmesh.upstream;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One pool on this node. It listens to the interest of all nodes at any time, and acts for the pool only while this node
 * holds the lease: each epoch is a {@link Tenure} of its own.
 */
public final class PoolVerticle extends VerticleBase {
    /** While this node does not own the pool, interest is only noted. */
    private static final InterestBook.Changes NOBODY = new InterestBook.Changes() {
        @Override
        public void onNode(String node) {}

        @Override
        public void onHeld(String node, Topic topic) {}

        @Override
        public void onReleased(String node, Topic topic) {}
    };

    private final PoolSetup setup;
    private final PoolMeters meters;
    private final Retries retries;
    private final InterestBook interest = new InterestBook();
    private @Nullable Tenure tenure;

    /**
     * A pool of one feed.
     *
     * @param node the name of this node, which hears of the feed's state whether it has interest or not
     * @param feed already pointed at a simulator where it is to be simulated
     */
    public PoolVerticle(String node, FeedConfig feed, UpstreamConfig timing, Provider provider, Metrics metrics) {
        this.setup = new PoolSetup(node, feed, timing, provider);
        this.meters = new PoolMeters(metrics, feed.pool(), feed.id());
        this.retries = new Retries(timing, () -> ThreadLocalRandom.current().nextDouble());
    }

    @Override
    public Future<?> start() {
        var bus = vertx.eventBus();
        return Future.all(
                bus.<InterestUpdate>localConsumer(Addresses.interestIn(setup.pool()), this::onInterest)
                        .completion(),
                bus.<LeaseGrant>localConsumer(Addresses.leaseOf(setup.pool()), this::onLease)
                        .completion());
    }

    private void onInterest(Message<InterestUpdate> message) {
        InterestUpdate update = message.body();
        long now = System.nanoTime();
        if (tenure != null && tenure.holds(now)) {
            tenure.onInterest(interest, update, now);
        } else {
            interest.apply(update, NOBODY);
        }
    }

    private void onLease(Message<LeaseGrant> message) {
        LeaseGrant grant = message.body();
        Tenure current = tenure;
        if (current != null && grant.epoch() <= current.epoch()) {
            if (grant.epoch() == current.epoch()) {
                current.extend(grant);
            }
            return;
        }
        if (!grant.validAt(System.nanoTime(), System.currentTimeMillis())) {
            return;
        }
        Future<Void> gone = Future.succeededFuture();
        if (current != null) {
            current.end();
            gone = current.socketGone();
        }
        Tenure next = new Tenure(vertx, setup, meters, retries, grant, gone);
        tenure = next;
        next.begin(interest);
    }

    @Override
    public Future<?> stop() {
        return tenure == null ? Future.succeededFuture() : tenure.leave();
    }
}
