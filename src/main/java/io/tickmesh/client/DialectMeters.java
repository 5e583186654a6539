package io.tickmesh.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts of one dialect on one event loop, in plain fields that are published once a turn. */
public final class DialectMeters {
    private static final int MOST_LATENCIES = 4096;

    private final String dialect;
    private final Metrics metrics;
    private final Counter requestCounter;
    private final Counter badRequestCounter;
    private final Counter encodedCounter;
    private final Counter deliveryCounter;
    private final Counter conflatedCounter;
    private final Counter flushCounter;
    private final Counter openedCounter;
    private final Timer latency;
    private final long[] receivedAt = new long[MOST_LATENCIES];
    private final AtomicInteger open = new AtomicInteger();
    private int ticks;
    long encoded;
    long deliveries;
    long conflated;
    long flushes;

    DialectMeters(String dialect, int loop, Metrics metrics) {
        this.dialect = dialect;
        this.metrics = metrics;
        this.requestCounter = metrics.counter(Count.CLIENT_REQUESTS, dialect);
        this.badRequestCounter = metrics.counter(Count.CLIENT_BAD_REQUESTS, dialect);
        this.encodedCounter = metrics.counter(Count.CLIENT_FRAMES_ENCODED, dialect);
        this.deliveryCounter = metrics.counter(Count.CLIENT_DELIVERIES, dialect);
        this.conflatedCounter = metrics.counter(Count.CLIENT_CONFLATED, dialect);
        this.flushCounter = metrics.counter(Count.CLIENT_FLUSHES, dialect);
        this.openedCounter = metrics.counter(Count.CLIENT_OPENED, dialect);
        this.latency = metrics.deliveryLatency(dialect);
        metrics.gauge(Level.CLIENT_SESSIONS, open::get, dialect, Integer.toString(loop));
    }

    public void request() {
        requestCounter.increment();
    }

    public void badRequest() {
        badRequestCounter.increment();
    }

    void opened() {
        openedCounter.increment();
        open.incrementAndGet();
    }

    void closed(String cause) {
        open.decrementAndGet();
        metrics.counter(Count.CLIENT_CLOSED, dialect, cause).increment();
    }

    /** Notes that a tick received at that time (microseconds since 1970) leaves in this turn. */
    void tickEncodedAt(long microseconds) {
        if (ticks < MOST_LATENCIES) {
            receivedAt[ticks++] = microseconds;
        }
    }

    /** Publishes what happened since the last call; {@code now} is microseconds since 1970, after the flush. */
    void publish(long now) {
        for (int i = 0; i < ticks; i++) {
            latency.record(Math.max(0, now - receivedAt[i]), TimeUnit.MICROSECONDS);
        }
        ticks = 0;
        encodedCounter.increment((double) encoded);
        deliveryCounter.increment((double) deliveries);
        conflatedCounter.increment((double) conflated);
        flushCounter.increment((double) flushes);
        encoded = 0;
        deliveries = 0;
        conflated = 0;
        flushes = 0;
    }
}
