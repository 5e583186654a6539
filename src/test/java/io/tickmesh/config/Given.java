package io.tickmesh.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a configuration is loaded from in a test: a directory of its own and nothing of this machine. */
final class Given {
    static final String CONF = "my.yaml";
    static final long PID = 4711;

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private @Nullable String confFile;

    Given(Path directory) {
        this.directory = directory;
    }

    Given env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Given set(String path, String value) {
        assignments.add(new Assignment(path, value, "--set"));
        return this;
    }

    Given port(String value) {
        assignments.add(new Assignment("http.port", value, "--port"));
        return this;
    }

    Given dotEnv(String text) {
        return write(".env", text);
    }

    Given conf(String text) {
        confFile = CONF;
        return write(CONF, text);
    }

    Given confFile(String name) {
        confFile = name;
        return this;
    }

    Inputs inputs() {
        return new Inputs(environment, directory, PID, confFile, assignments);
    }

    Loaded load() {
        return ConfigLoader.load(inputs());
    }

    NodeConfig config() {
        return accepted().config();
    }

    Loaded.Accepted accepted() {
        Loaded loaded = load();
        if (loaded instanceof Loaded.Refused refused) {
            throw new AssertionError("refused: " + refused.problems());
        }
        return (Loaded.Accepted) loaded;
    }

    List<String> problems() {
        Loaded loaded = load();
        return loaded instanceof Loaded.Refused refused
                ? refused.problems().stream().map(Problem::toString).toList()
                : List.of();
    }

    List<String> warnings() {
        return load().warnings().stream().map(Problem::toString).toList();
    }

    private Given write(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
