package io.tickmesh.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;

/**
 * The bus inside one node. Messages sent through it never ask the cluster who listens, which would cost a look-up for
 * each, since the listeners of {@code node.*} addresses are not registered there.
 */
public final class NodeBus {
    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    private final EventBus bus;

    public NodeBus(EventBus bus) {
        this.bus = bus;
    }

    public void send(String address, Object message) {
        bus.send(address, message, LOCAL);
    }

    public void publish(String address, Object message) {
        bus.publish(address, message, LOCAL);
    }

    public <T> Future<Message<T>> request(String address, Object message) {
        return bus.request(address, message, LOCAL);
    }
}
