package io.tickmesh;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jar as a process of its own, killed when the test is done with it. */
final class NodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Path out;
    private final Path err;
    private final Process process;

    private NodeProcess(
            Path directory, List<String> launcher, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(
                List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) {
            // as bin/tickmesh does: these warn of Netty's use of it, on the stderr that is asserted on
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-jar");
        command.add(Path.of(System.getProperty("tickmesh.jar")).toAbsolutePath().toString());
        command.addAll(arguments);
        try {
            out = Files.createTempFile(directory, "out", ".txt");
            err = Files.createTempFile(directory, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TICKMESH_") || name.endsWith("_KEY"));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NodeProcess run(Path directory, String... arguments) {
        return new NodeProcess(directory, List.of(), Map.of(), List.of(arguments));
    }

    static NodeProcess run(Path directory, Map<String, String> environment, String... arguments) {
        return new NodeProcess(directory, List.of(), environment, List.of(arguments));
    }

    /** By way of another command, which must become the process and not a parent of it. */
    static NodeProcess run(Path directory, List<String> launcher, List<String> arguments) {
        return new NodeProcess(directory, launcher, Map.of(), arguments);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has greeted, or fails with what it said instead. */
    NodeProcess started() {
        await().atMost(PATIENCE)
                .failFast("it ended: " + err, () -> !process.isAlive())
                .until(() -> out().contains("\n"));
        return this;
    }

    long pid() {
        return process.pid();
    }

    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running; " + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal by its name. */
    void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill gave " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The client address that the greeting names. */
    URI http() {
        return named("serves on ");
    }

    URI management() {
        return named("(management ");
    }

    URI simulator() {
        return named("simulates on ");
    }

    private URI named(String before) {
        String text = out();
        int start = text.indexOf(before) + before.length();
        return URI.create(text.substring(start).split("[ )]", 2)[0]);
    }

    SocketClient client(String path) {
        return new SocketClient(URI.create(http().toString().replace("http://", "ws://") + path));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
