package io.tickmesh.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An hour of it, or as long as {@code --seconds} says: whether anything creeps up. */
record HourCourse() implements Course {
    private static final Scenario LOAD = new Scenario("hour", 400, 10, 40, 25);
    private static final int DEFAULT_SECONDS = 3_600;
    private static final int SPELLS = 60;
    /** The first spells are the compilers'. */
    private static final int SKIPPED = 5;

    private static final double MOST_GROWTH = 1.1;
    private static final double MEGA = 1_048_576;

    private record Spell(double p99, double resident, double heap) {}

    @Override
    public String name() {
        return LOAD.name();
    }

    @Override
    public String says() {
        return "an hour at 100,000 deliveries/s (or --seconds N of it)";
    }

    @Override
    public Outcome run(Bed bed) {
        int asked = bed.options().seconds();
        long spellMillis = 1_000L * (asked > SPELLS ? asked : DEFAULT_SECONDS) / SPELLS;
        List<Spell> spells = new ArrayList<>();
        try (Simulator simulator = bed.simulator(LOAD)) {
            NodeSubject node = bed.stream(simulator);
            try (LoadGenerator clients = new LoadGenerator()) {
                clients.open(node.address(), node.door(), LOAD.choices());
                for (int i = 0; i < SPELLS; i++) {
                    Tally before = clients.tally();
                    Pause.millis(spellMillis);
                    Tally took = clients.tally().since(before);
                    spells.add(new Spell(
                            took.sinceReceived.getValueAtPercentile(99) / 1e3,
                            node.process().usage().residentBytes() / MEGA,
                            i % (SPELLS / 6) == SKIPPED ? node.process().liveHeapBytes() / MEGA : Double.NaN));
                }
            } finally {
                ServerProcess.close(List.of(node));
            }
        }
        return outcome(spells);
    }

    private static Outcome outcome(List<Spell> spells) {
        int third = (spells.size() - SKIPPED) / 3;
        List<Spell> first = spells.subList(SKIPPED, SKIPPED + third);
        List<Spell> last = spells.subList(spells.size() - third, spells.size());
        double p99 = median(last, 0) / median(first, 0);
        double resident = median(last, 1) / median(first, 1);
        double heap = median(last, 2) / median(first, 2);
        JsonArray each = new JsonArray();
        spells.forEach(
                spell -> each.add(new JsonObject().put("p99_ms", spell.p99()).put("resident_mb", spell.resident())));
        return new Outcome(
                LOAD.name(),
                String.format(
                        Locale.ROOT,
                        "medians of the first and the last third: p99 %.2f and %.2f ms, resident %.0f and %.0f MB,"
                                + " live heap %.1f and %.1f MB",
                        median(first, 0),
                        median(last, 0),
                        median(first, 1),
                        median(last, 1),
                        median(first, 2),
                        median(last, 2)),
                List.of(
                        Reach.atMost("p99 at the end by that at the beginning", p99, MOST_GROWTH, ""),
                        Reach.atMost("resident, likewise", resident, MOST_GROWTH, ""),
                        Reach.atMost("live heap, likewise", heap, MOST_GROWTH, "")),
                new JsonObject().put("spells", each));
    }

    private static double median(List<Spell> spells, int which) {
        return Report.median(spells.stream()
                .map(each -> which == 0 ? each.p99() : which == 1 ? each.resident() : each.heap())
                .filter(value -> !value.isNaN())
                .toList());
    }
}
