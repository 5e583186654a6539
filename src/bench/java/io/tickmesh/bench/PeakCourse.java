package io.tickmesh.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The highest rate at which a server still keeps up: the provider sends faster and faster to a thousand clients, until ticks
 * are late or missing. Time counts from the provider's own stamp, so a server that stalls before it reads does not hide it.
 */
record PeakCourse() implements Course {
    private static final Scenario LOAD = new Scenario("peak", 1_000, 10, 40, 5);
    private static final double STEP = 1.2;
    private static final double HIGHEST_RATE = 2_000_000;
    private static final double MOST_P99_MILLIS = 50;
    private static final double LEAST_SHARE = 0.995;
    private static final int SETTLE_MILLIS = 2_000;
    private static final int STEP_MILLIS = 4_000;
    /** A single bad step may be the machine's. */
    private static final int TRIES = 2;

    private static final double FASTAPI = 65_000;

    @Override
    public String name() {
        return LOAD.name();
    }

    @Override
    public String says() {
        return "the highest rate to 1,000 clients with p99 up to 50 ms, against Node's ws and plain Vert.x";
    }

    private record Step(double rate, double share, double p50, double p99, double generator) {
        boolean kept() {
            return share >= LEAST_SHARE && p99 <= MOST_P99_MILLIS;
        }
    }

    private record Climb(String subject, List<Step> steps) {
        double peak() {
            return steps.stream()
                    .filter(Step::kept)
                    .mapToDouble(Step::rate)
                    .max()
                    .orElse(0);
        }
    }

    @Override
    public Outcome run(Bed bed) {
        List<Climb> climbs = new ArrayList<>();
        try (Simulator simulator = bed.simulator(LOAD)) {
            List<Subject> subjects = new ArrayList<>();
            try {
                subjects.addAll(bed.nodeJs(simulator, LOAD));
                subjects.add(bed.plain(simulator, LOAD));
                subjects.add(bed.stream(simulator));
                bed.asked(subjects).forEach(subject -> climbs.add(climb(simulator, subject)));
            } finally {
                ServerProcess.close(subjects);
            }
        }
        return outcome(climbs);
    }

    private static Climb climb(Simulator simulator, Subject subject) {
        List<Step> steps = new ArrayList<>();
        simulator.rate(LOAD.ticksPerSymbol());
        simulator.mute(false);
        try (LoadGenerator clients = new LoadGenerator()) {
            clients.open(subject.address(), subject.door(), LOAD.choices());
            Pause.until(
                    "every client of " + subject.name() + " has its answer",
                    30,
                    () -> clients.tally().answers >= LOAD.clients());
            int failed = 0;
            double perSymbol = LOAD.ticksPerSymbol();
            while (failed < TRIES && perSymbol * LOAD.symbols() * LOAD.holders() < HIGHEST_RATE) {
                simulator.rate(perSymbol);
                Pause.millis(SETTLE_MILLIS);
                Step step = step(clients, perSymbol * LOAD.symbols() * LOAD.holders());
                steps.add(step);
                System.err.printf(
                        Locale.ROOT,
                        "%s: %.0f/s, %.1f %% of it delivered, p50 %.1f ms, p99 %.1f ms%n",
                        subject.name(),
                        step.rate(),
                        100 * step.share(),
                        step.p50(),
                        step.p99());
                failed = step.kept() ? 0 : failed + 1;
                perSymbol = step.kept() ? perSymbol * STEP : perSymbol;
            }
        }
        return new Climb(subject.name(), List.copyOf(steps));
    }

    private static Step step(LoadGenerator clients, double rate) {
        long own = ProcessHandle.current().pid();
        Tally before = clients.tally();
        Usage generator = Usage.of(own);
        long start = System.nanoTime();
        Pause.millis(STEP_MILLIS);
        Tally took = clients.tally().since(before);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Step(
                rate,
                took.ticks / seconds / rate,
                took.sinceStamped.getValueAtPercentile(50) / 1e3,
                took.sinceStamped.getValueAtPercentile(99) / 1e3,
                (Usage.of(own).cpuMicros() - generator.cpuMicros()) / seconds / 1e4);
    }

    private static Outcome outcome(List<Climb> climbs) {
        StringBuilder table =
                new StringBuilder("| server | highest rate kept | p99 there, ms | load generator, percent of one |\n"
                        + "| --- | --- | --- | --- |");
        JsonObject figures = new JsonObject();
        for (Climb climb : climbs) {
            Step best = climb.steps().stream()
                    .filter(Step::kept)
                    .reduce((one, other) -> other)
                    .orElse(climb.steps().get(0));
            table.append(String.format(
                    Locale.ROOT,
                    "%n| %s | %.0f/s | %.1f | %.0f |",
                    climb.subject(),
                    climb.peak(),
                    best.p99(),
                    best.generator()));
            JsonArray steps = new JsonArray();
            climb.steps()
                    .forEach(each -> steps.add(new JsonObject()
                            .put("rate", each.rate())
                            .put("share", each.share())
                            .put("p50_ms", each.p50())
                            .put("p99_ms", each.p99())));
            figures.put(
                    climb.subject(), new JsonObject().put("peak", climb.peak()).put("steps", steps));
        }
        double node = peak(climbs, "native");
        double js = peak(climbs, "Node ws");
        return new Outcome(
                LOAD.name(),
                table.toString(),
                List.of(
                        Reach.atLeast("highest rate by that of Node's ws", node / js, 2, ""),
                        Reach.atLeast("highest rate by FastAPI's 65,000/s", node / FASTAPI, 5, "")),
                figures);
    }

    private static double peak(List<Climb> climbs, String subject) {
        return climbs.stream()
                .filter(each -> each.subject().contains(subject))
                .mapToDouble(Climb::peak)
                .findFirst()
                .orElse(Double.NaN);
    }
}
