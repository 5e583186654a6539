package io.tickmesh.upstream;

import io.micrometer.core.instrument.Counter;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the interest that other nodes, and this one, send here to the pools of this node. */
public final class InterestDesk extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(InterestDesk.class);

    private final String node;
    private final Counter misdirected;
    private final DeliveryOptions here = new DeliveryOptions().setLocalOnly(true);
    private final Rarely complaints = new Rarely();

    public InterestDesk(String node, Metrics metrics) {
        this.node = node;
        this.misdirected = metrics.counter(Count.INTEREST_MISDIRECTED);
    }

    @Override
    public Future<?> start() {
        return vertx.eventBus()
                .<InterestUpdate>consumer(Addresses.interestOf(node), this::onInterest)
                .completion();
    }

    private void onInterest(Message<InterestUpdate> message) {
        InterestUpdate update = message.body();
        vertx.eventBus()
                .<InterestUpdate>sender(Addresses.interestIn(update.pool()), here)
                .write(update)
                .onFailure(cause -> onMisdirected(update));
    }

    private void onMisdirected(InterestUpdate update) {
        misdirected.increment();
        if (complaints.allows(System.nanoTime())) {
            LOG.atWarn()
                    .addKeyValue("pool", update.pool())
                    .addKeyValue("from", update.node())
                    .log("interest dropped, its pool is not on this node");
        }
    }
}
