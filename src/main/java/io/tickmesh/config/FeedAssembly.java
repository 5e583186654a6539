package io.tickmesh.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final Map<String, List<FeedConfig>> byPool = new LinkedHashMap<>();

    FeedAssembly(Values values, Path directory, Collection<Problem> problems, Collection<Problem> warnings) {
        this.values = values;
        this.directory = directory;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** All feeds but those that are off where another of their pool is not. */
    List<FeedConfig> feeds(List<FeedKeys> all) {
        for (FeedKeys keys : all) {
            checkCaFile(keys);
            if (isComplete(keys)) {
                FeedConfig feed = feed(keys);
                warnOfListeners(keys, feed);
                checkNotices(keys, feed);
                place(keys, feed);
            }
        }
        return byPool.values().stream().flatMap(List::stream).toList();
    }

    /** Topics of private news are named after their feed, and the name has to tell the provider. */
    private void checkNotices(FeedKeys keys, FeedConfig feed) {
        boolean named = feed.id().equals(feed.provider()) || feed.id().startsWith(feed.provider() + '-');
        if (feed.manner().notices() && !named) {
            Key<Boolean> key = keys.manners().notices();
            problems.add(new Problem(
                    key.path(),
                    values.source(key),
                    "needs a feed whose name is " + feed.provider() + " or begins with " + feed.provider() + "-"));
        }
    }

    private boolean isComplete(FeedKeys keys) {
        if (!values.sound(keys.provider(), keys.asset(), keys.mode(), keys.url())) {
            return false;
        }
        @Nullable String provider = values.get(keys.provider());
        if (provider == null) {
            missing(
                    keys.provider(),
                    "is missing: a feed that is not built in needs it; built in are "
                            + String.join(", ", FeedKeys.BUILT_IN));
            return false;
        }
        boolean hasAssets = !ProviderFacts.of(provider).assets().isEmpty();
        @Nullable String asset = values.get(keys.asset());
        if (hasAssets && asset == null) {
            missing(keys.asset(), "is missing: " + provider + " has a host for each of its asset classes");
        } else if (!hasAssets && asset != null) {
            problems.add(
                    new Problem(keys.asset().path(), values.source(keys.asset()), provider + " has no asset classes"));
        }
        return hasAssets == (asset != null);
    }

    private void missing(Key<?> key, String why) {
        problems.add(new Problem(key.path(), "", why));
    }

    private FeedConfig feed(FeedKeys keys) {
        ProviderFacts facts = ProviderFacts.of(values.require(keys.provider()));
        String asset = facts.assets().isEmpty() ? "" : values.require(keys.asset());
        return new FeedConfig(
                keys.id(),
                facts.name(),
                asset,
                values.require(keys.mode()),
                orElse(keys.url(), String.valueOf(facts.url(asset))),
                orElse(keys.restUrl(), facts.restUrl()),
                orElse(keys.maxSubscriptions(), facts.maxSubscriptions()),
                values.require(keys.slotsOverflow()),
                credentials(keys, facts),
                values.get(keys.caFile()),
                manner(keys.manners()));
    }

    private <T> T orElse(Key<T> key, T fallback) {
        @Nullable T given = values.get(key);
        return given == null ? fallback : given;
    }

    private Map<String, Secret> credentials(FeedKeys keys, ProviderFacts facts) {
        Map<String, Secret> credentials = new LinkedHashMap<>();
        for (Key<Secret> key : keys.credentials()) {
            String name = key.path().substring(key.path().lastIndexOf('.') + 1);
            @Nullable Secret secret = values.get(key);
            if (secret != null && facts.credentials().contains(name)) {
                credentials.put(name, secret);
            }
        }
        return credentials;
    }

    private FeedConfig.Manner manner(FeedKeys.Manners keys) {
        return new FeedConfig.Manner(
                values.require(keys.connections()),
                values.require(keys.notices()),
                values.require(keys.socket()),
                values.require(keys.hours()),
                orElse(keys.tokenDirectory(), ""));
    }

    /** One that is off makes room for another; accounts that are simulated and accounts that are not do not mix. */
    private void place(FeedKeys keys, FeedConfig feed) {
        List<FeedConfig> there = byPool.computeIfAbsent(feed.pool(), pool -> new ArrayList<>());
        boolean off = feed.mode() == FeedConfig.Mode.OFF;
        if (off && !there.isEmpty()) {
            return;
        }
        there.removeIf(other -> other.mode() == FeedConfig.Mode.OFF);
        if (!there.isEmpty() && there.get(0).isSimulated() != feed.isSimulated()) {
            problems.add(new Problem(
                    FeedKeys.SECTION + '.' + feed.id(),
                    values.source(keys.mode()),
                    "pool " + feed.pool() + " has feed " + there.get(0).id()
                            + (feed.isSimulated()
                                    ? ", which is live, and this one is not"
                                    : ", which is simulated, and this one is not")));
            return;
        }
        for (FeedConfig other : there) {
            if (other.credentials().equals(feed.credentials())) {
                problems.add(new Problem(
                        FeedKeys.SECTION + '.' + feed.id(),
                        values.source(keys.asset()),
                        "pool " + feed.pool() + " already has the account of feed " + other.id()));
                return;
            }
        }
        there.add(feed);
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
            @Nullable String url = values.sound(key) ? values.get(key) : null;
            if (url != null && !url.equals(key.fallback()) && FeedUrl.isOpenToListeners(url)) {
                warnings.add(new Problem(
                        key.path(),
                        values.source(key),
                        "the API key goes out without encryption; use wss:// and https://"));
            }
        }
    }
}
