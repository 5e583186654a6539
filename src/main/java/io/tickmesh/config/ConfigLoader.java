package io.tickmesh.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Merges, strongest first: command line, environment, {@code .env}, the file of {@code --conf}, built-in values.
 * {@code TICKMESH_} variables beat the contracts' own names. Reads nothing but the two files; everything else is given.
 */
public final class ConfigLoader {
    private static final int MOST_BYTES = 1 << 20;
    private static final String DOT_ENV = ".env";

    private final Inputs inputs;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    private ConfigLoader(Inputs inputs) {
        this.inputs = inputs;
    }

    public static Loaded load(Inputs inputs) {
        return new ConfigLoader(inputs).load();
    }

    private Loaded load() {
        YamlFile.Content file = confFile();
        Set<String> feedIds = new LinkedHashSet<>(FeedKeys.BUILT_IN);
        feedIds.addAll(file.feedIds());
        KeyTable table = new KeyTable(feedIds);
        EnvironmentNames names = new EnvironmentNames(table, problems);
        Values values = new Values(table, problems);

        file.settings().forEach(values::put);
        names.read(dotEnv()).forEach(values::put);
        names.read(inputs.environment()).forEach(values::put);
        inputs.assignments()
                .forEach(given ->
                        values.put(new Setting(given.path(), given.value().strip(), given.option())));

        if (!file.whole()) {
            return new Loaded.Refused(problems, warnings);
        }
        NodeConfig config = new Assembly(values, inputs, problems, warnings).node(table.feeds());
        return problems.isEmpty()
                ? new Loaded.Accepted(config, new EffectiveConfig(table, values, config), warnings)
                : new Loaded.Refused(problems, warnings);
    }

    private YamlFile.Content confFile() {
        String name = inputs.confFile();
        if (name == null) {
            return YamlFile.Content.NOTHING;
        }
        try {
            return read(inputs.directory().resolve(name), Quoted.name(name))
                    .map(text -> YamlFile.read(Quoted.name(name), text, problems))
                    .orElse(YamlFile.Content.UNREADABLE);
        } catch (InvalidPathException notAName) {
            problems.add(new Problem("", "--conf", "is not the name of a file"));
            return YamlFile.Content.UNREADABLE;
        }
    }

    private List<EnvironmentNames.Variable> dotEnv() {
        Path file = inputs.directory().resolve(DOT_ENV);
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        return read(file, DOT_ENV)
                .map(text -> DotEnv.read(DOT_ENV, text, problems))
                .orElse(List.of());
    }

    private Optional<String> read(Path file, String name) {
        String trouble;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            }
            trouble = "is larger than 1 MB";
        } catch (NoSuchFileException missing) {
            trouble = "there is no such file";
        } catch (CharacterCodingException notText) {
            trouble = "is not UTF-8 text";
        } catch (IOException unreadable) {
            trouble = Files.isDirectory(file) ? "is a directory" : "cannot be read";
        }
        problems.add(new Problem("", name, trouble));
        return Optional.empty();
    }
}
