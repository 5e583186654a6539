package io.tickmesh.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The way into a benchmark: starts the servers, lets them take turns, prints what came of it. */
public final class Bench {
    private Bench() {}

    /** Arguments: the jar, a directory for what the servers print, then the user's. */
    public static void main(String[] args) {
        try {
            List<String> asked = List.of(args).subList(2, args.length);
            if (asked.contains("--help")) {
                out().println(Options.USAGE);
                System.exit(0);
            }
            Options options = Options.parse(asked.toArray(new String[0]));
            run(options, Path.of(args[0]).toAbsolutePath(), Files.createDirectories(Path.of(args[1])));
        } catch (BenchFailure | IOException failure) {
            System.err.println("bench: " + failure.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static void run(Options options, Path jar, Path directory) {
        Web web = new Web();
        Scenario scenario = options.scenario();
        List<String> nodeOptions = new ArrayList<>(options.serverOptions());
        nodeOptions.addAll(options.nodeOptions());
        double loadBefore = Usage.load();
        try (Simulator simulator = new Simulator(jar, directory, scenario, web)) {
            List<Subject> subjects = new ArrayList<>();
            try {
                if (scenario.name().equals(Scenario.SECOND_NODE)) {
                    subjects.addAll(PairSubject.start(jar, directory, nodeOptions, simulator, web));
                } else {
                    subjects.add(PlainSubject.start(directory, options.serverOptions(), simulator, scenario, web));
                    subjects.addAll(NodeSubject.start(jar, directory, nodeOptions, simulator, web));
                }
                List<Round> rounds = takeTurns(options, simulator, subjects);
                Report report = new Report(options, rounds, loadBefore, Usage.load());
                (options.json() ? System.err : out()).println(report.table());
                if (options.json()) {
                    out().println(report.json());
                }
            } finally {
                subjects.stream()
                        .flatMap(subject -> subject.processes().stream())
                        .distinct()
                        .forEach(ServerProcess::close);
            }
        }
    }

    private static List<Round> takeTurns(Options options, Simulator simulator, List<Subject> subjects) {
        Rounds how = new Rounds(options.scenario(), simulator, options.warmup(), options.seconds());
        List<Round> rounds = new ArrayList<>();
        // the turn before the first one is for the compilers, and forgotten
        for (int round = 0; round <= options.rounds(); round++) {
            for (Subject subject : subjects) {
                simulator.mute(false);
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

    @SuppressWarnings("SystemOut") // what a command prints is its result
    private static PrintStream out() {
        return System.out;
    }
}
