package io.tickmesh.bus;

import io.micrometer.core.instrument.Counter;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Listens to what other nodes send. What cannot be read, or is nothing that the listener knows, is refused and counted:
 * a stranger, or a node of another version, harms nothing.
 */
public final class Inbound {
    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int REFUSED = 400;

    private final AtomicLong said = new AtomicLong(System.nanoTime() - QUIET_NANOS);
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
        if (!(body instanceof Probe) && !taker.test(body, message)) {
            refuse(message, "is not known here");
        }
    }

    /** Said once a minute at most: who sends one sends many. A sender that waits is not left waiting. */
    private void refuse(Message<Object> message, String why) {
        refused.increment();
        long now = System.nanoTime();
        long last = said.get();
        boolean aloud = now - last >= QUIET_NANOS && said.compareAndSet(last, now);
        LOG.atLevel(aloud ? Level.WARN : Level.DEBUG)
                .addKeyValue("address", message.address())
                .log("a message from outside is refused, it " + why);
        if (message.replyAddress() != null) {
            message.fail(REFUSED, "refused, it " + why);
        }
    }
}
