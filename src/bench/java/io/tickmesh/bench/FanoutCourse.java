package io.tickmesh.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Ways of serving under the same load, in turn.
 *
 * @param subjects starts what is measured, the baseline first
 * @param reaches what is to be seen in the report
 */
record FanoutCourse(Scenario scenario, String says, Subjects subjects, Function<Report, List<Reach>> reaches)
        implements Course {

    /** Starts what is measured, the baseline first. */
    interface Subjects {
        List<Subject> start(Bed bed, Simulator simulator, Scenario scenario);
    }

    @Override
    public String name() {
        return scenario.name();
    }

    @Override
    public Outcome run(Bed bed) {
        try (Simulator simulator = bed.simulator(scenario)) {
            List<Subject> started = subjects.start(bed, simulator, scenario);
            try {
                Report report =
                        new Report(scenario, bed.options(), takeTurns(bed.options(), simulator, bed.asked(started)));
                return new Outcome(name(), report.table(), reaches.apply(report), report.json());
            } finally {
                ServerProcess.close(started);
            }
        }
    }

    private List<Round> takeTurns(Options options, Simulator simulator, List<Subject> started) {
        Rounds how = new Rounds(scenario, simulator, options.warmup(), options.seconds());
        List<Round> rounds = new ArrayList<>();
        // the turn before the first one is for the compilers, and forgotten
        for (int round = 0; round <= options.rounds(); round++) {
            for (Subject subject : started) {
                Round result = how.run(subject);
                if (round > 0) {
                    rounds.add(result);
                }
                System.err.printf(
                        "round %d, %s: %.2f us%n",
                        round, subject.name(), result.figures().get("cpu_us_per_delivery"));
            }
        }
        return rounds;
    }
}
