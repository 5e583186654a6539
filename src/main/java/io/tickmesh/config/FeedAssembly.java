package io.tickmesh.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the feeds and checks what one key alone cannot show. */
final class FeedAssembly {
    private final Values values;
    private final Path directory;
    private final Collection<Problem> problems;
    private final Collection<Problem> warnings;
    private final Map<String, FeedConfig> byPool = new LinkedHashMap<>();

    FeedAssembly(Values values, Path directory, Collection<Problem> problems, Collection<Problem> warnings) {
        this.values = values;
        this.directory = directory;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** At most one feed per pool: one that is off makes room for another. */
    List<FeedConfig> feeds(List<FeedKeys> all) {
        for (FeedKeys keys : all) {
            checkCaFile(keys);
            if (isComplete(keys)) {
                FeedConfig feed = feed(keys);
                warnOfListeners(keys, feed);
                place(keys, feed);
            }
        }
        return List.copyOf(byPool.values());
    }

    private boolean isComplete(FeedKeys keys) {
        boolean complete = values.sound(keys.provider(), keys.asset(), keys.mode(), keys.url());
        for (Key<?> key : List.of(keys.provider(), keys.asset(), keys.url())) {
            if (values.sound(key) && values.get(key) == null) {
                complete = false;
                problems.add(new Problem(
                        key.path(),
                        "",
                        "is missing: a feed that is not built in needs it; built in are "
                                + String.join(", ", FeedKeys.BUILT_IN)));
            }
        }
        return complete;
    }

    private FeedConfig feed(FeedKeys keys) {
        @Nullable Secret apiKey = values.get(keys.apiKey());
        return new FeedConfig(
                keys.id(),
                values.require(keys.provider()),
                values.require(keys.asset()),
                values.require(keys.mode()),
                values.require(keys.url()),
                values.require(keys.restUrl()),
                values.require(keys.maxSubscriptions()),
                values.require(keys.slotsOverflow()),
                apiKey == null ? Map.of() : Map.of("api_key", apiKey),
                values.get(keys.caFile()));
    }

    private void place(FeedKeys keys, FeedConfig feed) {
        @Nullable FeedConfig there = byPool.get(feed.pool());
        if (there == null || there.mode() == FeedConfig.Mode.OFF) {
            byPool.remove(feed.pool());
            byPool.put(feed.pool(), feed);
        } else if (feed.mode() != FeedConfig.Mode.OFF) {
            problems.add(new Problem(
                    FeedKeys.SECTION + '.' + feed.id(),
                    values.source(keys.asset()),
                    "pool " + feed.pool() + " already has feed " + there.id()));
        }
    }

    private void checkCaFile(FeedKeys keys) {
        @Nullable String name = values.get(keys.caFile());
        if (name != null && !isReadable(directory, name)) {
            problems.add(new Problem(
                    keys.caFile().path(), values.source(keys.caFile()), "cannot be read: " + Quoted.value(name)));
        }
    }

    static boolean isReadable(Path directory, String name) {
        try {
            Path file = directory.resolve(name);
            return Files.isRegularFile(file) && Files.isReadable(file);
        } catch (InvalidPathException notAName) {
            return false;
        }
    }

    private void warnOfListeners(FeedKeys keys, FeedConfig feed) {
        if (feed.effectiveMode() != FeedConfig.Mode.LIVE) {
            return;
        }
        for (Key<String> key : List.of(keys.url(), keys.restUrl())) {
            if (values.sound(key) && FeedUrl.isOpenToListeners(values.require(key))) {
                warnings.add(new Problem(
                        key.path(),
                        values.source(key),
                        "the API key goes out without encryption; use wss:// and https://"));
            }
        }
    }
}
