package io.tickmesh.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** A tenth of the clients reads nothing for a minute: what the others notice of it, and what it costs in memory. */
record StuckCourse() implements Course {
    private static final Scenario LOAD = new Scenario("stuck", 1_000, 10, 40, 10);
    private static final int STUCK = 100;
    private static final int BEFORE_SECONDS = 30;
    private static final int STUCK_SECONDS = 60;
    /** By then all that may wait for them waits: a value per topic, and what the kernel takes. */
    private static final int BOUND_SECONDS = 15;

    private static final int LOOK_SECONDS = 5;
    private static final double MOST_GROWTH = 1.05;
    private static final double MOST_LATER = 1.1;
    private static final double MEGA = 1_048_576;

    @Override
    public String name() {
        return LOAD.name();
    }

    @Override
    public String says() {
        return "100 of 1,000 clients stop reading for a minute";
    }

    @Override
    public Outcome run(Bed bed) {
        try (Simulator simulator = bed.simulator(LOAD)) {
            // nobody is to be closed for being slow while this is measured
            NodeSubject node = bed.stream(simulator, "limits.slow_client_after=10m");
            try (LoadGenerator clients = new LoadGenerator()) {
                clients.open(node.address(), node.door(), LOAD.choices(), STUCK);
                Pause.until("every client has its answer", 30, () -> clients.tally().answers >= LOAD.clients());
                Pause.millis(bed.options().warmup() * 1_000L);
                return measure(node, clients);
            } finally {
                ServerProcess.close(List.of(node));
            }
        }
    }

    private static Outcome measure(NodeSubject node, LoadGenerator clients) {
        Tally start = clients.tally();
        Pause.millis(BEFORE_SECONDS * 1_000L);
        Tally before = clients.tally().since(start);
        clients.stop(true);
        Tally stopped = clients.tally();
        long conflatedBefore = node.account().conflated();
        Pause.millis(BOUND_SECONDS * 1_000L);
        long[] resident = LongStream.range(0, (STUCK_SECONDS - BOUND_SECONDS) / LOOK_SECONDS)
                .map(look -> {
                    Pause.millis(LOOK_SECONDS * 1_000L);
                    return node.process().usage().residentBytes();
                })
                .toArray();
        Tally during = clients.tally().since(stopped);
        long conflated = node.account().conflated() - conflatedBefore;
        clients.stop(false);
        return outcome(before, during, resident, conflated);
    }

    private static Outcome outcome(Tally before, Tally during, long[] resident, long conflated) {
        double growth = (double) resident[resident.length - 1] / resident[0];
        double p99Before = before.sinceReceived.getValueAtPercentile(99) / 1e3;
        double p99During = during.sinceReceived.getValueAtPercentile(99) / 1e3;
        return new Outcome(
                LOAD.name(),
                String.format(
                        Locale.ROOT,
                        "p99 %.2f ms before, %.2f ms meanwhile; resident %.0f to %.0f MB from second %d to %d; %d ticks"
                                + " conflated, %d clients lost",
                        p99Before,
                        p99During,
                        resident[0] / MEGA,
                        resident[resident.length - 1] / MEGA,
                        BOUND_SECONDS,
                        STUCK_SECONDS,
                        conflated,
                        during.lostClients),
                List.of(
                        Reach.atMost("resident at the end by that after the bound", growth, MOST_GROWTH, ""),
                        Reach.atMost("p99 of the others by that before", p99During / p99Before, MOST_LATER, "")),
                new JsonObject()
                        .put("p99_before_ms", p99Before)
                        .put("p99_during_ms", p99During)
                        .put("growth", growth)
                        .put("conflated", conflated));
    }
}
