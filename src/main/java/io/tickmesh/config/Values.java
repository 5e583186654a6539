package io.tickmesh.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of all sources, weakest first; each is checked, also one that a stronger source replaces. */
final class Values {
    private final KeyTable table;
    private final Collection<Problem> problems;
    private final Map<String, Setting> winners = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    /** One variable may set several keys; it is wrong once. */
    private final Set<String> reported = new HashSet<>();

    Values(KeyTable table, Collection<Problem> problems) {
        this.table = table;
        this.problems = problems;
    }

    void put(Setting setting) {
        Key<?> key = table.find(setting.path());
        if (key == null) {
            String path = setting.path();
            problems.add(new Problem(
                    Quoted.name(path),
                    setting.source(),
                    "unknown key, the nearest known one is " + table.nearestPath(path)));
        } else if (setting.value().isEmpty()) {
            winners.remove(setting.path());
        } else if (key.type().reader().apply(setting.value()).isPresent()) {
            winners.put(setting.path(), setting);
        } else {
            broken.add(setting.path());
            report(key, setting);
        }
    }

    private void report(Key<?> key, Setting setting) {
        String text = "must be " + key.type().mustBe() + shown(key, setting.value());
        if (reported.add(setting.source() + text)) {
            problems.add(new Problem(key.path(), setting.source(), text));
        }
    }

    /** Addresses with a user or a query are secrets too. */
    private static String shown(Key<?> key, String value) {
        boolean mayBeSecret = key.isSecret() || value.contains("@") || value.contains("?");
        return mayBeSecret ? "" : ", but is " + Quoted.value(value);
    }

    <T> @Nullable T get(Key<T> key) {
        Setting setting = winners.get(key.path());
        Optional<T> given =
                setting == null ? Optional.empty() : key.type().reader().apply(setting.value());
        return given.isPresent() ? given.get() : key.fallback();
    }

    <T> T require(Key<T> key) {
        return Objects.requireNonNull(get(key), key.path());
    }

    /** Who set the key, or empty where its default holds. */
    Optional<Setting> setting(Key<?> key) {
        return Optional.ofNullable(winners.get(key.path()));
    }

    String source(Key<?> key) {
        return setting(key).map(Setting::source).orElse("");
    }

    /** Whether conclusions may be drawn from these keys. */
    boolean sound(Key<?>... keys) {
        return Stream.of(keys).noneMatch(key -> broken.contains(key.path()));
    }
}
