package io.tickmesh.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Many symbols, each with few holders: what decoding, numbering and routing cost shows here. */
record WideCourse() implements Course {
    private static final Scenario LOAD = new Scenario("wide", 1_000, 40, 2_000, 2.5);
    private static final double MOST_MILLIS = 100;
    private static final double LEAST_OFFERED = 0.95;

    @Override
    public String name() {
        return LOAD.name();
    }

    @Override
    public String says() {
        return "5,000 ticks/s of 2,000 symbols to 1,000 clients with 40 each";
    }

    @Override
    public Outcome run(Bed bed) {
        try (Simulator simulator = bed.simulator(LOAD)) {
            NodeSubject node = bed.stream(simulator);
            try (LoadGenerator clients = new LoadGenerator()) {
                clients.open(node.address(), node.door(), LOAD.choices());
                Pause.until("every client has its answer", 30, () -> clients.tally().answers >= LOAD.clients());
                Pause.millis(2_000L * bed.options().warmup());
                return measure(bed, node, clients);
            } finally {
                ServerProcess.close(List.of(node));
            }
        }
    }

    private static Outcome measure(Bed bed, NodeSubject node, LoadGenerator clients) {
        int seconds = 3 * bed.options().seconds();
        Subject.Account accountBefore = node.account();
        Usage usage = node.process().usage();
        Tally before = clients.tally();
        Pause.millis(seconds * 1_000L);
        Tally took = clients.tally().since(before);
        double cpu = node.process().usage().cpuMicros() - usage.cpuMicros();
        Subject.Account after = node.account();
        double offered = (after.ticks() - accountBefore.ticks()) / (double) seconds;
        long conflated = after.conflated() - accountBefore.conflated();
        double p99 = took.sinceReceived.getValueAtPercentile(99) / 1e3;
        double oldest = took.sinceReceived.getMaxValue() / 1e3;
        return new Outcome(
                LOAD.name(),
                String.format(
                        Locale.ROOT,
                        "%.0f ticks/s in, %.0f deliveries/s, %d conflated; received to client p50 %.2f, p99 %.2f, oldest %.2f ms;"
                                + " %.1f us of CPU per tick in",
                        offered,
                        took.ticks / (double) seconds,
                        conflated,
                        took.sinceReceived.getValueAtPercentile(50) / 1e3,
                        p99,
                        oldest,
                        cpu / (offered * seconds)),
                List.of(
                        Reach.atLeast(
                                "ticks/s taken of those offered", offered / LOAD.ticksPerSecond(), LEAST_OFFERED, ""),
                        Reach.atMost("age of the oldest value when it arrives", oldest, MOST_MILLIS, " ms")),
                new JsonObject()
                        .put("ticks_per_second", offered)
                        .put("deliveries_per_second", took.ticks / (double) seconds)
                        .put("conflated", conflated)
                        .put("client_p99_ms", p99)
                        .put("client_max_ms", oldest)
                        .put("cpu_us_per_tick", cpu / (offered * seconds)));
    }
}
