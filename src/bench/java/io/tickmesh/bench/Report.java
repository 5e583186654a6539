package io.tickmesh.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of all rounds: the median of each figure per subject, and its CPU time against the first subject's. */
final class Report {
    private static final String COST = "cpu_us_per_delivery";

    private final Scenario scenario;
    private final Options options;
    private final List<Round> rounds;

    Report(Scenario scenario, Options options, List<Round> rounds) {
        this.scenario = scenario;
        this.options = options;
        this.rounds = List.copyOf(rounds);
    }

    /** The medians of each subject, the baseline first. */
    Map<String, Map<String, Double>> medians() {
        Map<String, List<Round>> bySubject =
                rounds.stream().collect(Collectors.groupingBy(Round::subject, LinkedHashMap::new, Collectors.toList()));
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        bySubject.forEach((subject, its) -> all.put(subject, medians(its)));
        double baseline = figure(all.values().iterator().next(), COST);
        all.values().forEach(each -> each.put("ratio", figure(each, COST) / baseline));
        return all;
    }

    private static Map<String, Double> medians(List<Round> rounds) {
        Map<String, List<Double>> values = new TreeMap<>();
        for (Round round : rounds) {
            round.figures()
                    .forEach((name, value) -> values.computeIfAbsent(name, absent -> new ArrayList<>())
                            .add(value));
        }
        Map<String, Double> medians = new TreeMap<>();
        values.forEach((name, each) -> medians.put(name, median(each)));
        return medians;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double figure(Map<String, Double> figures, String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    String table() {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%d clients x %d of %d symbols, %.0f ticks/s; %d rounds of %d s, medians%n%n",
                scenario.clients(),
                scenario.symbolsPerClient(),
                scenario.symbols(),
                scenario.ticksPerSecond(),
                options.rounds(),
                options.seconds()));
        Map<String, Map<String, Double>> medians = medians();
        out.append(String.format("| %-34s |", ""));
        medians.keySet().forEach(subject -> out.append(String.format(" %16s |", subject)));
        out.append(System.lineSeparator()).append("| --- |").append(" --- |".repeat(medians.size()));
        for (Line line : Line.values()) {
            out.append(String.format("%n| %-34s |", line.title));
            medians.values().forEach(figures -> out.append(String.format(" %16s |", line.cell(figures))));
        }
        return out.toString();
    }

    JsonObject json() {
        JsonObject results = new JsonObject();
        medians().forEach((subject, figures) -> results.put(subject, object(figures)));
        JsonArray each = new JsonArray();
        rounds.forEach(round -> each.add(object(round.figures()).put("subject", round.subject())));
        return new JsonObject()
                .put("seconds", options.seconds())
                .put("warmup", options.warmup())
                .put("medians", results)
                .put("rounds", each);
    }

    /** The figures of a subject of whose name this is a part. */
    Map<String, Double> of(String subject) {
        return medians().entrySet().stream()
                .filter(each -> each.getKey().contains(subject))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Map.of());
    }

    private static JsonObject object(Map<String, Double> figures) {
        JsonObject object = new JsonObject();
        figures.forEach((name, value) -> {
            if (!value.isNaN()) {
                object.put(name, Math.round(value * 10_000) / 10_000.0);
            }
        });
        return object;
    }

    /** A line of the table. */
    private enum Line {
        COST_LINE("CPU per delivery, µs", "%.2f", COST),
        RATIO("... against the first", "%.2f", "ratio"),
        KERNEL("... of it in the kernel, %", "%.0f", "server_kernel_percent"),
        RATE("deliveries/s", "%.0f", "deliveries_per_second"),
        DELIVERED("delivered of expected, %", "%.3f", "delivered_percent"),
        CONFLATED("conflated", "%.0f", "conflated"),
        SOCKET("received to socket, p50 / p99 ms", "%.2f / %.2f", "socket_p50_ms", "socket_p99_ms"),
        CLIENT("received to client, p50 / p99 ms", "%.2f / %.2f", "client_p50_ms", "client_p99_ms"),
        WHOLE_WAY("provider to client, p50 / p99 ms", "%.2f / %.2f", "whole_way_p50_ms", "whole_way_p99_ms"),
        BYTES("payload bytes per delivery", "%.0f", "bytes_per_delivery"),
        PER_FLUSH("deliveries per flush", "%.2f", "deliveries_per_flush"),
        SERVER("server CPU, % of one processor", "%.1f", "server_cpu_percent"),
        GENERATOR("load generator CPU, % of one", "%.1f", "generator_cpu_percent"),
        SIMULATOR("simulator CPU, % of one", "%.1f", "simulator_cpu_percent"),
        RESIDENT("resident, MB", "%.0f", "rss_mb"),
        PAUSES("GC pauses in a round", "%.0f", "gc_pauses");

        private final String title;
        private final String format;

        @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
        private final List<String> figures;

        Line(String title, String format, String... figures) {
            this.title = title;
            this.format = format;
            this.figures = List.of(figures);
        }

        String cell(Map<String, Double> of) {
            Object[] values = figures.stream().map(name -> figure(of, name)).toArray();
            return Double.isNaN((Double) values[0]) ? "-" : String.format(Locale.ROOT, format, values);
        }
    }
}
