package io.tickmesh.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the configuration is made from.
 *
 * @param directory where {@code .env} is looked for, and what relative file names are relative to
 * @param pid tells nodes with ephemeral ports apart
 * @param confFile as given with {@code --conf}, or null
 * @param assignments of the command line, in its order; the last one of a path wins
 */
public record Inputs(
        Map<String, String> environment,
        Path directory,
        long pid,
        @Nullable String confFile,
        List<Assignment> assignments) {
    public Inputs {
        environment = Map.copyOf(environment);
        assignments = List.copyOf(assignments);
    }

    /** Leaves the environment out: it holds other programs' secrets too. */
    @Override
    public String toString() {
        return "Inputs[directory=" + directory + ", confFile=" + confFile + ", assignments=" + assignments + ']';
    }
}
