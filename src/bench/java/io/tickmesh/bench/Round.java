package io.tickmesh.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * One round of one subject.
 *
 * @param window what the clients received in the measured time
 * @param whole what the clients received between two silences, which is known to the tick
 * @param expected how many deliveries were owed between the silences
 * @param latencyBefore the server's own latencies at the begin of the measured time, by upper bound in seconds
 */
record Round(
        String subject,
        double seconds,
        Tally window,
        Tally whole,
        long expected,
        long conflated,
        long flushes,
        long collections,
        long residentBytes,
        Cpu cpu,
        Map<Double, Double> latencyBefore,
        Map<Double, Double> latencyAfter) {

    private static final double MICROS_PER_MILLI = 1_000;
    private static final double PERCENT = 100;

    /** Microseconds of CPU time in the measured time. */
    record Cpu(long server, long serverKernel, long generator, long simulator) {}

    /** The figures of the round, by their name in the JSON line; what cannot be told is not a number. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new TreeMap<>();
        double ticks = window.ticks;
        double wall = seconds * MICROS_PER_MILLI * MICROS_PER_MILLI;
        figures.put("cpu_us_per_delivery", cpu.server() / ticks);
        figures.put("generator_cpu_us_per_delivery", cpu.generator() / ticks);
        figures.put("server_kernel_percent", PERCENT * cpu.serverKernel() / cpu.server());
        figures.put("server_cpu_percent", PERCENT * cpu.server() / wall);
        figures.put("generator_cpu_percent", PERCENT * cpu.generator() / wall);
        figures.put("simulator_cpu_percent", PERCENT * cpu.simulator() / wall);
        figures.put("deliveries_per_second", ticks / seconds);
        figures.put("delivered", (double) whole.ticks);
        figures.put("expected", (double) expected);
        figures.put("delivered_percent", PERCENT * whole.ticks / expected);
        figures.put("conflated", (double) conflated);
        figures.put("gaps", (double) whole.gaps);
        figures.put("lost_clients", (double) whole.lostClients);
        figures.put("bytes_per_delivery", window.bytes / ticks);
        figures.put("deliveries_per_flush", flushes == 0 ? Double.NaN : ticks / flushes);
        figures.put("deliveries_per_read", ticks / window.reads);
        figures.put("rss_mb", residentBytes / 1048576.0);
        figures.put("gc_pauses", (double) collections);
        for (double part : new double[] {0.5, 0.99}) {
            String suffix = "_p" + Math.round(PERCENT * part) + "_ms";
            figures.put("socket" + suffix, MICROS_PER_MILLI * Metrics.quantile(part, latencyBefore, latencyAfter));
            figures.put("client" + suffix, millis(window.sinceReceived, part));
            figures.put("whole_way" + suffix, millis(window.sinceStamped, part));
        }
        return figures;
    }

    private static double millis(Histogram histogram, double part) {
        return histogram.getTotalCount() == 0
                ? Double.NaN
                : histogram.getValueAtPercentile(PERCENT * part) / MICROS_PER_MILLI;
    }
}
