package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where tokens are kept over restarts: encrypted, in the home of whoever runs the node. */
final class TokenDirectory {
    private TokenDirectory() {}

    /** Null for a simulated feed: its simulator forgets what it has issued. */
    static @Nullable Path of(FeedConfig feed) {
        if (feed.isSimulated()) {
            return null;
        }
        String chosen = feed.manner().tokenDirectory();
        return chosen.isEmpty() ? Path.of(System.getProperty("user.home", "."), ".cache", "tickmesh") : Path.of(chosen);
    }
}
