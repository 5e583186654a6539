package io.tickmesh.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Five thousand clients at once, as after a restart of the node that they were at. */
record CrowdCourse() implements Course {
    private static final int TOPICS_PER_SYMBOL = 2;

    /** 40 topics each: the trades and the quotes of 20 of 400 symbols, which go on ticking. */
    private static final Scenario LOAD = new Scenario("crowd", 5_000, 20, 400, 0.25);

    private static final long PATIENCE_SECONDS = 60;
    private static final int WARM_MILLIS = 12_000;
    private static final double MOST_SECONDS = 10;

    @Override
    public String name() {
        return LOAD.name();
    }

    @Override
    public String says() {
        return "5,000 clients connect at once and subscribe to 40 topics each";
    }

    @Override
    public Outcome run(Bed bed) {
        try (Simulator simulator = bed.simulator(LOAD)) {
            NodeSubject node = bed.stream(simulator);
            try (LoadGenerator witness = new LoadGenerator()) {
                // somebody holds everything, so that there are values to begin with
                witness.open(node.address(), node.door(), List.of(LOAD.symbolNames()));
                Pause.until(
                        "every topic has a value",
                        PATIENCE_SECONDS,
                        () -> witness.tally().ticks >= (long) LOAD.symbols() * TOPICS_PER_SYMBOL);
                Pause.millis(WARM_MILLIS);
                return arrive(node);
            } finally {
                ServerProcess.close(List.of(node));
            }
        }
    }

    private static Outcome arrive(NodeSubject node) {
        long owed = (long) LOAD.clients() * LOAD.symbolsPerClient() * TOPICS_PER_SYMBOL;
        try (LoadGenerator crowd = new LoadGenerator()) {
            Usage before = node.process().usage();
            long start = System.nanoTime();
            crowd.open(node.address(), node.door(), LOAD.choices());
            Pause.until("every client has its answer", PATIENCE_SECONDS, () -> crowd.tally().answers >= LOAD.clients());
            double answers = (System.nanoTime() - start) / 1e9;
            Pause.until("every client has its snapshots", PATIENCE_SECONDS, () -> crowd.tally().snapshots >= owed);
            double snapshots = (System.nanoTime() - start) / 1e9;
            double cpu = (node.process().usage().cpuMicros() - before.cpuMicros()) / 1e6;
            long lost = crowd.tally().lostClients;
            return new Outcome(
                    LOAD.name(),
                    String.format(
                            Locale.ROOT,
                            "all answers after %.2f s, all %d snapshots after %.2f s, %d clients lost; %.1f s of CPU time",
                            answers,
                            owed,
                            snapshots,
                            lost,
                            cpu),
                    List.of(
                            Reach.atMost("all have answer and snapshots after", snapshots, MOST_SECONDS, " s"),
                            Reach.atMost("clients refused or lost", (double) lost, 0, "")),
                    new JsonObject()
                            .put("answers_s", answers)
                            .put("snapshots_s", snapshots)
                            .put("lost_clients", lost)
                            .put("cpu_s", cpu));
        }
    }
}
