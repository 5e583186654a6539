package io.tickmesh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The baseline of another world: what a developer who knows Node writes in an hour with {@code ws}. */
final class NodeJs {
    private static final Pattern STARTED = Pattern.compile("ws server on (http://\\S+)");
    private static final long INSTALL_SECONDS = 120;

    private NodeJs() {}

    /** Starts one, its package installed where the servers run; nothing where npm is missing or does not get it. */
    static List<PlainSubject> start(Path source, Bed bed, Simulator simulator, Scenario scenario) {
        Path directory = bed.directory().resolve("node");
        if (!install(source, directory)) {
            System.err.println("bench: no npm, or no `ws` to be had: Node is not measured");
            return List.of();
        }
        ServerProcess process = new ServerProcess(
                "ws",
                directory,
                List.of(
                        "node",
                        "server.mjs",
                        simulator.socket(),
                        Simulator.NODE_JS_KEY,
                        String.join(",", scenario.symbolNames())),
                Map.of());
        return List.of(new PlainSubject("Node ws", process.awaitOutput(STARTED).group(1), process, bed.web()));
    }

    private static boolean install(Path source, Path directory) {
        try {
            Files.createDirectories(directory);
            for (String file : List.of("server.mjs", "package.json")) {
                Files.copy(source.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            if (Files.isDirectory(directory.resolve("node_modules/ws"))) {
                return true;
            }
            Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("npm.out").toFile())
                    .start();
            return npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) && npm.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
