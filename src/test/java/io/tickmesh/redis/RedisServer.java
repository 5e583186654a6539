package io.tickmesh.redis;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis server on a port of its own, to be killed, frozen and filled. What it knows is gone with its process. On a
 * system for which no binary is at hand {@link #available()} is false.
 */
public final class RedisServer implements AutoCloseable {
    private static final Map<String, String> BINARIES = Map.of(
            "linux amd64", "redis-server-6.2.6-v5-linux-amd64",
            "linux aarch64", "redis-server-6.2.7-linux-arm64",
            "mac os x x86_64", "redis-server-6.2.6-v5-darwin-amd64",
            "mac os x aarch64", "redis-server-6.2.6-v5-darwin-arm64");
    private static final long PATIENCE_SECONDS = 30;

    private final int port;
    private final List<String> settings;
    private @Nullable Process process;

    private RedisServer(int port, List<String> settings) {
        this.port = port;
        this.settings = settings;
    }

    /** Starts one; settings are such as {@code --maxmemory 3mb}. */
    public static RedisServer running(String... settings) {
        RedisServer server = new RedisServer(freePort(), List.of(settings));
        server.start();
        return server;
    }

    /** One that is not running yet. */
    public static RedisServer stopped(String... settings) {
        return new RedisServer(freePort(), List.of(settings));
    }

    public static boolean available() {
        return BINARIES.containsKey(system());
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT) + ' ' + System.getProperty("os.arch");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Once for all tests of a JVM; the file goes with it. */
    private static final class Binary {
        static final Path FILE = unpack();

        private static Path unpack() {
            String name = BINARIES.get(system());
            try (InputStream in = RedisServer.class.getResourceAsStream('/' + name)) {
                Path file = Files.createTempFile("redis-server", "");
                file.toFile().deleteOnExit();
                Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                if (!file.toFile().setExecutable(true)) {
                    throw new AssertionError("cannot be made executable: " + file);
                }
                return file;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Starts it, again if it was killed, and waits until it answers. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                Binary.FILE.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir"));
        command.add(System.getProperty("java.io.tmpdir"));
        settings.forEach(setting -> command.addAll(List.of(setting.split(" "))));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (System.nanoTime() - until > 0 || !process().isAlive()) {
                throw new AssertionError("redis-server does not answer: " + command);
            }
            Thread.onSpinWait();
        }
    }

    private boolean answers() {
        try (RespClient client = new RespClient(port)) {
            return List.of("PONG", "-NOAUTH Authentication required.").contains(client.call("PING"));
        } catch (IOException notYet) {
            return false;
        }
    }

    private Process process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Kills it without a word; it has forgotten everything when it starts again. */
    public void kill() {
        try {
            process().destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes connections from now on, and answers nothing. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(process().pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + name + " failed");
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One command by a plain socket: a text, a {@code Long}, a list, or null; an error begins with {@code -}. */
    public @Nullable Object call(Object... words) {
        try (RespClient client = new RespClient(port)) {
            return client.call(words);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The same for a number. */
    public long count(Object... words) {
        return call(words) instanceof Long number ? number : -1;
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            signal("CONT");
            kill();
        }
    }
}
