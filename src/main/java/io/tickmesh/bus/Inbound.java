package io.tickmesh.bus;

import io.micrometer.core.instrument.Counter;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what other nodes send. What cannot be read, or is nothing that the listener knows, is refused and counted:
 * a stranger, or a node of another version, harms nothing.
 */
public final class Inbound {
    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final EventBus bus;
    private final Counter refused;

    public Inbound(EventBus bus, Metrics metrics) {
        this.bus = bus;
        this.refused = metrics.counter(Count.BUS_REFUSED);
    }

    /**
     * Listens on an address.
     *
     * @param taker takes a body, by reference if it was sent from this node; false if it is nothing that it knows
     */
    public Future<Void> listen(String address, BiPredicate<Object, Message<Object>> taker) {
        return bus.consumer(address, message -> take(message, taker)).completion();
    }

    private void take(Message<Object> message, BiPredicate<Object, Message<Object>> taker) {
        Object body;
        try {
            body = message.body();
        } catch (RuntimeException unreadable) {
            refuse(message, "cannot be read: " + unreadable.getMessage());
            return;
        }
        if (!taker.test(body, message)) {
            refuse(message, "is not known here");
        }
    }

    private void refuse(Message<Object> message, String why) {
        refused.increment();
        LOG.atDebug().addKeyValue("address", message.address()).log("message refused, it " + why);
    }
}
