package io.tickmesh.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param seconds measured per round
 * @param warmup seconds before them, in every round
 * @param rounds of each subject that count, in turn
 * @param json whether a JSON line is wanted besides the table
 * @param only what the name of a subject must hold to take a turn
 * @param settings of the node, beside those of the scenario
 * @param nodeOptions of the node's Java
 * @param serverOptions of the Java of every server under test
 */
record Options(
        List<Course> courses,
        int seconds,
        int warmup,
        int rounds,
        boolean json,
        String only,
        List<String> settings,
        List<String> nodeOptions,
        List<String> serverOptions) {

    static final String USAGE = """
            usage: bin/bench SCENARIO [options]
                   bin/bench decode [FRAME...]   the cost of decoding one frame; for all about twelve minutes

              --seconds N         measured time of a round (10)
              --warmup N          seconds before it, in every round (8)
              --rounds N          rounds of each server, in turn, after one that does not count (3)
              --json              print one JSON line for each scenario, and the tables to stderr
              --only TEXT         of several servers those whose name holds it (what is compared with is missing then)
              --set PATH=VALUE    a setting of the node; may be repeated
              --node-java "OPTS"  options for the Java of the node, separated by spaces
              --java "OPTS"       options for the Java of every server under test

            scenarios:
              all                 those below, but for the last one
            """
            + Courses.ALL.stream()
                    .map(each -> String.format("  %-19s %s%n", each.name(), each.says()))
                    .collect(Collectors.joining());

    /** Reads a command line. */
    static Options parse(String... args) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(args));
        List<Course> courses = left.isEmpty() ? List.of() : Courses.of(left.pop());
        if (courses.isEmpty()) {
            throw new BenchFailure("no such scenario\n" + USAGE);
        }
        Reading read = new Reading();
        while (!left.isEmpty()) {
            read.option(left.pop(), left);
        }
        return new Options(
                courses,
                read.seconds,
                read.warmup,
                read.rounds,
                read.json,
                read.only,
                List.copyOf(read.settings),
                read.nodeOptions,
                read.serverOptions);
    }

    /** What was asked for so far. */
    private static final class Reading {
        private int seconds = 10;
        private int warmup = 8;
        private int rounds = 3;
        private boolean json;
        private String only = "";
        private final List<String> settings = new ArrayList<>();
        private List<String> nodeOptions = List.of();
        private List<String> serverOptions = List.of();

        void option(String option, Deque<String> left) {
            switch (option) {
                case "--seconds" -> seconds = number(option, left);
                case "--warmup" -> warmup = number(option, left);
                case "--rounds" -> rounds = number(option, left);
                case "--json" -> json = true;
                case "--only" -> only = value(option, left);
                case "--set" -> settings.add(value(option, left));
                case "--node-java" -> nodeOptions = words(option, left);
                case "--java" -> serverOptions = words(option, left);
                default -> throw new BenchFailure("unknown option: " + option + '\n' + USAGE);
            }
        }
    }

    private static String value(String option, Deque<String> left) {
        String value = left.poll();
        if (value == null) {
            throw new BenchFailure(option + " needs a value");
        }
        return value;
    }

    private static int number(String option, Deque<String> left) {
        String value = value(option, left);
        if (!value.matches("[1-9][0-9]{0,4}")) {
            throw new BenchFailure(option + " must be a number from 1 to 99999 but is " + value);
        }
        return Integer.parseInt(value);
    }

    private static List<String> words(String option, Deque<String> left) {
        return List.of(value(option, left).trim().split(" +", -1));
    }
}
