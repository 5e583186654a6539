package io.tickmesh.bench;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What ten thousand clients of one quiet topic cost a server that has served some before. */
record IdleCourse() implements Course {
    private static final int CLIENTS = 10_000;
    private static final int FORERUNNERS = 500;
    private static final long CONNECT_SECONDS = 60;
    private static final int SETTLE_MILLIS = 30_000;
    private static final double KILO = 1_024;

    /** One symbol, of which nothing is heard. */
    private static final Scenario LOAD = new Scenario("idle-10k", CLIENTS, 1, 1, 0);

    @Override
    public String name() {
        return LOAD.name();
    }

    @Override
    public String says() {
        return "memory of 10,000 clients that hold one quiet topic, against plain Vert.x";
    }

    /** Per client: resident and live in the heap, of the server; and the kernel's, of both ends. */
    private record Cost(String subject, double resident, double heap, double kernel) {}

    @Override
    public Outcome run(Bed bed) {
        List<Cost> costs = new ArrayList<>();
        try (Simulator simulator = bed.simulator(LOAD)) {
            List<Subject> subjects = new ArrayList<>();
            try {
                subjects.add(bed.plain(simulator, LOAD));
                subjects.add(bed.stream(simulator));
                bed.asked(subjects).forEach(subject -> costs.add(cost(subject)));
            } finally {
                ServerProcess.close(subjects);
            }
        }
        return outcome(costs);
    }

    private static Cost cost(Subject subject) {
        ServerProcess server = subject.processes().get(0);
        hold(subject, FORERUNNERS, () -> FORERUNNERS);
        Pause.millis(SETTLE_MILLIS);
        long heapBefore = server.liveHeapBytes();
        long kernelBefore = Usage.kernelNetworkBytes();
        long residentBefore = server.usage().residentBytes();
        return hold(subject, CLIENTS, () -> {
            Pause.millis(SETTLE_MILLIS);
            long resident = server.usage().residentBytes();
            long kernel = Usage.kernelNetworkBytes();
            return new Cost(
                    subject.name(),
                    (resident - residentBefore) / KILO / CLIENTS,
                    (server.liveHeapBytes() - heapBefore) / KILO / CLIENTS,
                    (kernel - kernelBefore) / KILO / CLIENTS);
        });
    }

    private static <T> T hold(Subject subject, int clients, Supplier<T> look) {
        List<List<String>> choices = LOAD.choices().subList(0, clients);
        try (LoadGenerator generator = new LoadGenerator()) {
            generator.open(subject.address(), subject.door(), choices);
            Pause.until(
                    clients + " clients of " + subject.name() + " have their answer",
                    CONNECT_SECONDS,
                    () -> generator.tally().answers >= clients);
            return look.get();
        }
    }

    private static Outcome outcome(List<Cost> costs) {
        StringBuilder table =
                new StringBuilder("KB per client\n\n| server | resident | live heap | kernel, both ends |\n"
                        + "| --- | --- | --- | --- |");
        JsonObject figures = new JsonObject();
        for (Cost cost : costs) {
            table.append(String.format(
                    Locale.ROOT,
                    "%n| %s | %.1f | %.1f | %.1f |",
                    cost.subject(),
                    cost.resident(),
                    cost.heap(),
                    cost.kernel()));
            figures.put(
                    cost.subject(),
                    new JsonObject()
                            .put("resident_kb", cost.resident())
                            .put("heap_kb", cost.heap())
                            .put("kernel_kb", cost.kernel()));
        }
        double resident = costs.get(costs.size() - 1).resident();
        return new Outcome(
                LOAD.name(),
                table.toString(),
                List.of(
                        Reach.atMost("resident per client", resident, 18, " KB"),
                        Reach.atMost("resident per client, stretch", resident, 11, " KB")),
                figures);
    }
}
