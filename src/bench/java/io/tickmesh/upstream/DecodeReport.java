package io.tickmesh.upstream;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link DecodeBenchmark} and prints a table: medians of the forks. */
public final class DecodeReport {
    private static final String BYTES = "gc.alloc.rate.norm";

    private final Collection<RunResult> results;

    private DecodeReport(Collection<RunResult> results) {
        this.results = results;
    }

    /** Arguments: where JMH writes what it does, then the frames to measure; none for all. */
    public static void main(String[] args) throws RunnerException, IOException {
        List<String> frames = List.of(args).subList(1, args.length);
        String[] asked = frames.isEmpty() ? names() : frames.toArray(String[]::new);
        String before = load();
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(DecodeBenchmark.class.getName())
                        .param("frame", asked)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuProfiler.class)
                        .shouldFailOnError(true)
                        .output(args[0])
                        .build())
                .run();
        new DecodeReport(results).print(asked);
        out().printf("%nload average %s before, %s after%n", before, load());
    }

    private static String[] names() {
        return Arrays.stream(CapturedFrame.values()).map(CapturedFrame::name).toArray(String[]::new);
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    private void print(String... frames) {
        row("frame", "bytes", "decode ns", "plain ns", "ratio", "to tick ns", "decode B", "to tick B");
        row("---", "---", "---", "---", "---", "---", "---", "---");
        for (String frame : frames) {
            double decode = median(frame, "decode", CpuProfiler.NAME);
            double plain = median(frame, "plain", CpuProfiler.NAME);
            row(
                    frame,
                    whole(CapturedFrame.valueOf(frame).text().getBytes(StandardCharsets.UTF_8).length),
                    whole(decode),
                    whole(plain),
                    String.format(Locale.ROOT, "%.2f", decode / plain),
                    whole(median(frame, "decodeToTick", CpuProfiler.NAME)),
                    whole(median(frame, "decode", BYTES)),
                    whole(median(frame, "decodeToTick", BYTES)));
        }
    }

    private static void row(Object... cells) {
        out().printf("| %-18s | %8s | %12s | %12s | %8s | %12s | %12s | %12s |%n", cells);
    }

    private static String whole(double value) {
        return Long.toString(Math.round(value));
    }

    private double median(String frame, String method, String figure) {
        double[] forks = results.stream()
                .filter(result -> result.getParams().getParam("frame").equals(frame))
                .filter(result -> result.getParams().getBenchmark().endsWith('.' + method))
                .flatMap(result -> result.getBenchmarkResults().stream())
                .mapToDouble(fork -> Objects.requireNonNull(
                                fork.getSecondaryResults().get(figure), figure)
                        .getScore())
                .sorted()
                .toArray();
        return forks[forks.length / 2];
    }

    @SuppressWarnings("SystemOut") // what a command prints is its result
    private static PrintStream out() {
        return System.out;
    }
}
