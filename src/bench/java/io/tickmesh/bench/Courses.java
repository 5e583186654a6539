package io.tickmesh.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that can be measured, and what is to be reached in it. */
final class Courses {
    private static final String CONTRACT_1 = "contract 1";
    private static final String NATIVE = "native";
    private static final double ALL_DELIVERED = 99.999;

    static final List<Course> ALL = List.of(
            new FanoutCourse(
                    new Scenario("fanout-250k", 1_000, 10, 40, 25),
                    "250,000 deliveries/s to 1,000 clients, against plain Vert.x and Node's ws",
                    Courses::everyServer,
                    Courses::reachedAt250k),
            new FanoutCourse(
                    new Scenario("fanout-50k", 200, 10, 40, 25),
                    "50,000 deliveries/s to 200 clients, against plain Vert.x",
                    Courses::plainAndNode,
                    Courses::reachedAt50k),
            new PeakCourse(),
            new IdleCourse(),
            new CrowdCourse(),
            new StuckCourse(),
            new WideCourse(),
            new FanoutCourse(
                    new Scenario("second-node", 1_000, 10, 40, 25),
                    "250,000 deliveries/s by the owner of the feed, and by another node",
                    (bed, simulator, scenario) -> List.copyOf(PairSubject.start(bed, simulator)),
                    Courses::reachedByTwo),
            new HourCourse());

    private Courses() {}

    /** The ones that a name stands for; none if it stands for nothing. */
    static List<Course> of(String name) {
        return name.equals("all")
                ? ALL.subList(0, ALL.size() - 1)
                : ALL.stream().filter(each -> each.name().equals(name)).toList();
    }

    private static List<Subject> plainAndNode(Bed bed, Simulator simulator, Scenario scenario) {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(bed.plain(simulator, scenario));
        subjects.addAll(bed.node(simulator));
        return subjects;
    }

    private static List<Subject> everyServer(Bed bed, Simulator simulator, Scenario scenario) {
        List<Subject> subjects = plainAndNode(bed, simulator, scenario);
        subjects.addAll(bed.nodeJs(simulator, scenario));
        return subjects;
    }

    private static double figure(Map<String, Double> figures, String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    private static List<Reach> reachedAt250k(Report report) {
        Map<String, Double> prices = report.of(CONTRACT_1);
        Map<String, Double> stream = report.of(NATIVE);
        return List.of(
                Reach.atLeast("delivered, contract 1", figure(prices, "delivered_percent"), ALL_DELIVERED, " %"),
                Reach.atLeast("delivered, native", figure(stream, "delivered_percent"), ALL_DELIVERED, " %"),
                Reach.atMost("CPU per delivery, contract 1 by plain Vert.x", figure(prices, "ratio"), 0.4, ""),
                Reach.atMost("CPU per delivery, native by plain Vert.x", figure(stream, "ratio"), 0.4, ""),
                Reach.atMost("received to client, native, p99", figure(stream, "client_p99_ms"), 20, " ms"));
    }

    private static List<Reach> reachedAt50k(Report report) {
        Map<String, Double> stream = report.of(NATIVE);
        return List.of(
                Reach.atMost("received to client, native, p50", figure(stream, "client_p50_ms"), 1, " ms"),
                Reach.atMost("received to client, native, p99", figure(stream, "client_p99_ms"), 5, " ms"));
    }

    private static List<Reach> reachedByTwo(Report report) {
        return List.of(Reach.atMost(
                "CPU of both per delivery, by that of the owner alone",
                figure(report.of("other node"), "ratio"),
                1.15,
                ""));
    }
}
