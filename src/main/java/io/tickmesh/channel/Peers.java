package io.tickmesh.channel;

import io.micrometer.core.instrument.Counter;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.Reached;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.bus.RoomMessage;
import io.tickmesh.bus.RoomUpdate;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** The way to the channel roles of other nodes. What one of them does not take in time is not held for it. */
final class Peers {
    private static final long DELIVERY_MILLIS = 1_500;

    /** A home waits for its deliveries, and may have to learn first who is in a room. */
    private static final long MESSAGE_MILLIS = 4_000;

    private final EventBus bus;
    private final int mostUnderWay;
    private final Counter lost;
    private final Map<String, Integer> underWay = new HashMap<>();

    Peers(EventBus bus, int mostUnderWay, Metrics metrics) {
        this.bus = bus;
        this.mostUnderWay = mostUnderWay;
        this.lost = metrics.counter(Count.CHANNEL_LOST);
    }

    void tell(String node, RoomUpdate update) {
        bus.send(Addresses.channelOf(node), update);
    }

    /** How many it reached; none where the node does not answer. */
    Future<Integer> deliver(String node, RoomDelivery delivery) {
        return bring(node, delivery).otherwise(0);
    }

    /**
     * The same, failing where the node does not answer. The bus does not push back: a node that takes nothing gets nothing
     * more until it has answered.
     */
    Future<Integer> bring(String node, RoomDelivery delivery) {
        int before = underWay.getOrDefault(node, 0);
        if (before >= mostUnderWay) {
            lost.increment();
            return Future.failedFuture("too much is under way to " + node);
        }
        underWay.put(node, before + 1);
        return this.<Reached>request(node, delivery, DELIVERY_MILLIS)
                .map(Reached::clients)
                .onFailure(cause -> lost.increment())
                .onComplete(answered -> underWay.computeIfPresent(node, (name, count) -> count > 1 ? count - 1 : null));
    }

    /** To the home of a room. */
    Future<Reached> pass(String node, RoomMessage message) {
        return request(node, message, MESSAGE_MILLIS);
    }

    /** What a node knows, or did. */
    Future<Finding> ask(String node, String subject, JsonObject arguments) {
        return request(node, new Inquiry(subject, arguments), MESSAGE_MILLIS);
    }

    private <T> Future<T> request(String node, Object message, long millis) {
        return bus.<T>request(Addresses.channelOf(node), message, new DeliveryOptions().setSendTimeout(millis))
                .map(Message::body);
    }

    /** Whether a request surely was not carried out. */
    static boolean isNobodyThere(Throwable cause) {
        return cause instanceof ReplyException failure && failure.failureType() == ReplyFailure.NO_HANDLERS;
    }
}
