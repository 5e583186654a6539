package io.tickmesh.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The meters of a node. A counter that a hot path uses is looked up once and kept. */
public final class Metrics {
    private final MeterRegistry registry;

    public Metrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The counter of one set of label values, in the order of the labels of {@code count}. */
    public Counter counter(Count count, String... labelValues) {
        return Counter.builder(count.metric())
                .description(count.help())
                .tags(tags(count.labels(), labelValues))
                .register(registry);
    }

    /** Watches a number that goes up and down; {@code number} must be safe to call from any thread. */
    public void gauge(Level level, Supplier<Number> number, String... labelValues) {
        Gauge.builder(level.metric(), number)
                .description(level.help())
                .tags(tags(level.labels(), labelValues))
                .register(registry);
    }

    /** The time from the receipt of an upstream frame to the write of its tick to a client socket. */
    public Timer deliveryLatency(String dialect) {
        return Timer.builder("tickmesh_delivery_latency")
                .description("From the receipt of an upstream frame to the write to client sockets")
                .tags("dialect", dialect)
                .serviceLevelObjectives(
                        Duration.ofNanos(250_000),
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(registry);
    }

    /** How late the timers of an event loop fire. */
    public Timer loopLag(String loop) {
        return Timer.builder("tickmesh_event_loop_lag")
                .description("How late a timer of the event loop fires")
                .tags("loop", loop)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1))
                .register(registry);
    }

    private static Tags tags(List<String> labels, String[] values) {
        if (labels.size() != values.length) {
            throw new IllegalArgumentException("expected " + labels.size() + " label values: " + values.length);
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < labels.size(); i++) {
            tags = tags.and(labels.get(i), values[i]);
        }
        return tags;
    }
}
