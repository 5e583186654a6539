package io.tickmesh.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All keys that exist with a given set of feeds. */
final class KeyTable {
    private final Map<String, Key<?>> keys = new LinkedHashMap<>();
    private final Map<String, List<Key<?>>> byVariable = new LinkedHashMap<>();
    private final Set<String> sections = new LinkedHashSet<>();
    private final List<FeedKeys> feeds;

    KeyTable(Collection<String> feedIds) {
        feeds = feedIds.stream().map(FeedKeys::of).toList();
        Keys.ALL.forEach(this::add);
        feeds.forEach(feed -> feed.all().forEach(this::add));
    }

    static KeyTable ofBuiltInFeeds() {
        return new KeyTable(FeedKeys.BUILT_IN);
    }

    private void add(Key<?> key) {
        keys.put(key.path(), key);
        byVariable.computeIfAbsent(key.variable(), name -> new ArrayList<>()).add(key);
        for (int dot = key.path().indexOf('.'); dot >= 0; dot = key.path().indexOf('.', dot + 1)) {
            sections.add(key.path().substring(0, dot));
        }
    }

    @Nullable
    Key<?> find(String path) {
        return keys.get(path);
    }

    /** The keys that a variable may mean: none, one, or several when names fold into one. */
    List<Key<?>> ofVariable(String name) {
        return byVariable.getOrDefault(name, List.of());
    }

    Collection<Key<?>> all() {
        return keys.values();
    }

    List<FeedKeys> feeds() {
        return feeds;
    }

    boolean isSection(String path) {
        return sections.contains(path);
    }

    String nearestPath(String path) {
        Set<String> known = new LinkedHashSet<>(keys.keySet());
        known.addAll(sections);
        return Nearest.to(path, known);
    }

    String nearestVariable(String name) {
        Set<String> known = new LinkedHashSet<>(byVariable.keySet());
        known.addAll(ContractNames.effective());
        known.addAll(EnvironmentNames.OF_LAUNCHER);
        return Nearest.to(name, known);
    }
}
