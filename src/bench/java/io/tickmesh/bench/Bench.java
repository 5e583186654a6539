package io.tickmesh.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The way into a benchmark: runs what was asked for, prints what came of it. */
public final class Bench {
    private Bench() {}

    /** Arguments: what starts a node, the jar, a directory for what the servers print, then the user's. */
    public static void main(String[] args) {
        try {
            List<String> asked = List.of(args).subList(3, args.length);
            if (asked.contains("--help")) {
                out().println(Options.USAGE);
                System.exit(0);
            }
            Options options = Options.parse(asked.toArray(new String[0]));
            Path directory = Files.createDirectories(Path.of(args[2])).toAbsolutePath();
            run(new Bed(
                    Path.of(args[0]).toAbsolutePath(),
                    Path.of(args[1]).toAbsolutePath(),
                    directory,
                    options,
                    new Web()));
        } catch (BenchFailure | IOException failure) {
            System.err.println("bench: " + failure.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static void run(Bed bed) {
        Options options = bed.options();
        List<Outcome> outcomes = new ArrayList<>();
        for (Course course : options.courses()) {
            System.err.println(course.name());
            double loadBefore = Usage.load();
            Outcome outcome = course.run(bed);
            outcomes.add(outcome);
            PrintStream forPeople = options.json() ? System.err : out();
            forPeople.printf("%s (%s)%n%s%n%n", course.name(), Machine.text(loadBefore), outcome.table());
            if (options.json()) {
                out().println(outcome.json()
                        .put("machine", Machine.json(loadBefore))
                        .encode());
            }
        }
        PrintStream forPeople = options.json() ? System.err : out();
        forPeople.println(Outcome.HEAD);
        outcomes.forEach(each -> forPeople.println(each.rows()));
    }

    @SuppressWarnings("SystemOut") // what a command prints is its result
    private static PrintStream out() {
        return System.out;
    }
}
