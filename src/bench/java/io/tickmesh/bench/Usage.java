package io.tickmesh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a process has used so far, as the kernel says.
 *
 * @param cpuMicros in user and system mode, all threads together; the kernel counts in steps of 10 ms
 * @param kernelMicros the part of it in system mode
 * @param residentBytes now
 */
record Usage(long cpuMicros, long kernelMicros, long residentBytes) {
    static final Usage NONE = new Usage(0, 0, 0);

    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    static Usage of(long pid) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try {
            return parse(Files.readString(proc.resolve("stat")), Files.readAllLines(proc.resolve("status")));
        } catch (IOException e) {
            throw new BenchFailure("cannot see what process " + pid + " uses (this needs Linux)", e);
        }
    }

    /** Reads {@code stat}, where the second field is a name in parentheses that may hold anything, and {@code status}. */
    static Usage parse(String stat, List<String> status) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ", -1);
        long user = Long.parseLong(fields[USER_TIME]);
        long system = Long.parseLong(fields[SYSTEM_TIME]);
        long resident = status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
        return new Usage((user + system) * MICROS_PER_TICK, system * MICROS_PER_TICK, resident * 1024);
    }

    Usage plus(Usage other) {
        return new Usage(
                cpuMicros + other.cpuMicros, kernelMicros + other.kernelMicros, residentBytes + other.residentBytes);
    }

    /** What the kernel holds for sockets: their buffers, and the objects that it keeps of them. */
    static long kernelNetworkBytes() {
        try {
            String sockets = Files.readString(Path.of("/proc/net/sockstat"));
            long pages = Arrays.stream(sockets.split("\\R", -1))
                    .filter(line -> line.startsWith("TCP:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
            long slab = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("Slab:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
            return pages * 4_096 + slab * 1_024;
        } catch (IOException e) {
            throw new BenchFailure("cannot read what the kernel holds (this needs Linux)", e);
        }
    }

    /** The load average of the last minute. */
    static double load() {
        try {
            String text = Files.readString(Path.of("/proc/loadavg"));
            return Double.parseDouble(Arrays.asList(text.split(" ", -1)).get(0));
        } catch (IOException e) {
            throw new BenchFailure("cannot read the load average (this needs Linux)", e);
        }
    }
}
