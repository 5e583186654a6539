package io.tickmesh.bench;

import java.util.Map;
import java.util.TreeMap;

/** A scrape of a node's metrics, in Prometheus text. */
final class Metrics {
    private static final String BUCKET = "tickmesh_delivery_latency_seconds_bucket";

    private final String text;

    Metrics(String text) {
        this.text = text;
    }

    /** The sum of all series of a name whose labels hold this text; 0 if there is none. */
    double sum(String name, String label) {
        return text.lines()
                .filter(line -> line.startsWith(name + '{') && line.contains(label))
                .mapToDouble(Metrics::value)
                .sum();
    }

    /** Counts of deliveries by the upper bound, in seconds, of how long they took. */
    Map<Double, Double> latencies(String dialect) {
        Map<Double, Double> counts = new TreeMap<>();
        text.lines()
                .filter(line -> line.startsWith(BUCKET) && line.contains(dialectLabel(dialect)))
                .forEach(line -> counts.put(bound(line), value(line)));
        return counts;
    }

    static String dialectLabel(String dialect) {
        return "dialect=\"" + dialect + '"';
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static double bound(String line) {
        int from = line.indexOf("le=\"") + 4;
        String bound = line.substring(from, line.indexOf('"', from));
        return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    }

    /**
     * The time, in seconds, that so large a part took at most: inside a bucket as if its values were spread evenly.
     * Beyond the last bound it is that bound; without values not a number.
     */
    static double quantile(double part, Map<Double, Double> before, Map<Double, Double> after) {
        double total = 0;
        for (Map.Entry<Double, Double> each : after.entrySet()) {
            total = each.getValue() - before.getOrDefault(each.getKey(), 0.0);
        }
        double wanted = part * total;
        double lowerBound = 0;
        double lowerCount = 0;
        for (Map.Entry<Double, Double> each : after.entrySet()) {
            double count = each.getValue() - before.getOrDefault(each.getKey(), 0.0);
            if (count >= wanted && count > 0) {
                double bound = each.getKey();
                return Double.isInfinite(bound)
                        ? lowerBound
                        : lowerBound + (bound - lowerBound) * (wanted - lowerCount) / (count - lowerCount);
            }
            lowerBound = each.getKey();
            lowerCount = count;
        }
        return Double.NaN;
    }
}
