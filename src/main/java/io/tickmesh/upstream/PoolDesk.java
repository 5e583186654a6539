package io.tickmesh.upstream;

import io.micrometer.core.instrument.Counter;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.HistoryAsk;
import io.tickmesh.bus.HistoryPage;
import io.tickmesh.bus.Inbound;
import io.tickmesh.bus.InterestAsk;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what passes between the owners of pools and the nodes that hold their topics, and hands it to the part of this
 * node that it is for. One address per node is enough so.
 */
public final class PoolDesk extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PoolDesk.class);

    private static final int NOT_HERE = 404;

    private final String node;
    private final Metrics metrics;
    private final Counter misdirected;
    private final DeliveryOptions here = new DeliveryOptions().setLocalOnly(true);
    private final Rarely complaints = new Rarely();

    public PoolDesk(String node, Metrics metrics) {
        this.node = node;
        this.metrics = metrics;
        this.misdirected = metrics.counter(Count.INTEREST_MISDIRECTED);
    }

    @Override
    public Future<?> start() {
        return new Inbound(vertx.eventBus(), metrics).listen(Addresses.interestOf(node), this::take);
    }

    private boolean take(Object body, Message<Object> message) {
        if (body instanceof InterestUpdate update) {
            onInterest(update);
        } else if (body instanceof LinkReceipt receipt) {
            new NodeBus(vertx.eventBus()).send(Addresses.receiptsIn(receipt.pool()), receipt);
        } else if (body instanceof InterestAsk ask) {
            new NodeBus(vertx.eventBus()).send(Addresses.INTEREST_ASKS, ask);
        } else if (body instanceof HistoryAsk ask) {
            onHistory(ask, message);
        } else {
            return false;
        }
        return true;
    }

    private void onHistory(HistoryAsk ask, Message<Object> message) {
        new NodeBus(vertx.eventBus())
                .<HistoryPage>request(Addresses.historyIn(ask.pool()), ask)
                .onSuccess(page -> message.reply(page.body()))
                .onFailure(cause -> message.fail(NOT_HERE, "pool " + ask.pool() + " is not on this node"));
    }

    private void onInterest(InterestUpdate update) {
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
