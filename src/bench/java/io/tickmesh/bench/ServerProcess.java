package io.tickmesh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process under test: its output goes to files, and it ends with the benchmark at the latest. */
final class ServerProcess implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final long LEAVE_SECONDS = 10;
    private static final long LOOK_MILLIS = 50;

    private final String name;
    private final Path directory;
    private final Process process;
    private final Thread ender;

    /**
     * Starts one.
     *
     * @param directory where it runs and its output goes; nothing of the user's configuration is there
     */
    ServerProcess(String name, Path directory, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.directory = directory;
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .redirectError(directory.resolve(name + ".err").toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("TICKMESH_") || key.startsWith("FMP_"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new BenchFailure("cannot start " + name, e);
        }
        ender = new Thread(process::destroyForcibly, "end " + name);
        Runtime.getRuntime().addShutdownHook(ender);
    }

    /** Starts Java with these arguments, options first. */
    static ServerProcess java(String name, Path directory, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(javaHome().resolve("bin/java").toString());
        command.add(gcLogOption(name, directory));
        command.addAll(arguments);
        return new ServerProcess(name, directory, command, Map.of());
    }

    /** Has Java say when it collects garbage. */
    static String gcLogOption(String name, Path directory) {
        return "-Xlog:gc:file=" + directory.resolve(name + ".gc");
    }

    /** The same Java as that of the benchmark. */
    static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    long pid() {
        return process.pid();
    }

    Usage usage() {
        return Usage.of(pid());
    }

    /** What is alive in the heap of a Java, told by class in a file of its own; has it collect garbage. */
    long liveHeapBytes() {
        String histogram = ask("GC.class_histogram");
        write(directory.resolve(name + ".classes"), histogram);
        String[] total = histogram
                .strip()
                .lines()
                .reduce("", (one, other) -> other)
                .trim()
                .split(" +", -1);
        return Long.parseLong(total[total.length - 1]);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ask(String command) {
        try {
            Process jcmd = new ProcessBuilder(javaHome().resolve("bin/jcmd").toString(), Long.toString(pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            return answer;
        } catch (IOException e) {
            throw new BenchFailure("cannot ask " + name + " for " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    /** Waits for a line of output; the pattern's groups are what is to be known of it. */
    Matcher awaitOutput(Pattern pattern) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() - deadline < 0) {
            Matcher matcher = pattern.matcher(read(directory.resolve(name + ".out")));
            if (matcher.find()) {
                return matcher;
            }
            if (!process.isAlive()) {
                throw new BenchFailure(name + " ended at its start: "
                        + read(directory.resolve(name + ".err")).strip());
            }
            Pause.millis(LOOK_MILLIS);
        }
        throw new BenchFailure(name + " did not start within " + START_SECONDS + " s; see " + directory);
    }

    /** How often all threads were stopped to collect garbage so far. */
    long collections() {
        if (!Files.exists(gcLog())) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(gcLog())) {
            return lines.filter(line -> line.contains("Pause")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path gcLog() {
        return directory.resolve(name + ".gc");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all that serve them. */
    static void close(List<? extends Subject> subjects) {
        subjects.stream()
                .flatMap(subject -> subject.processes().stream())
                .distinct()
                .forEach(ServerProcess::close);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(ender);
    }
}
