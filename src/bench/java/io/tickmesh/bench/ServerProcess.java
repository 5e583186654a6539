package io.tickmesh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java process under test: its output goes to files, and it ends with the benchmark at the latest. */
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
     * @param arguments of the java command, options first
     */
    ServerProcess(String name, Path directory, List<String> arguments) {
        this.name = name;
        this.directory = directory;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xlog:gc:file=" + gcLog());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .redirectError(directory.resolve(name + ".err").toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("TICKMESH_") || key.startsWith("FMP_"));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new BenchFailure("cannot start " + name, e);
        }
        ender = new Thread(process::destroyForcibly, "end " + name);
        Runtime.getRuntime().addShutdownHook(ender);
    }

    long pid() {
        return process.pid();
    }

    Usage usage() {
        return Usage.of(pid());
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
