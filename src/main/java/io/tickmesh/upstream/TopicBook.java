package io.tickmesh.upstream;

import io.tickmesh.market.History;
import io.tickmesh.market.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All topics of a pool that were held within an epoch. A released one keeps its number and its newest tick. When too
 * many are kept, the one that was released first goes, and every topic that begins afterwards is numbered above it: so
 * none of them ever repeats a number, and memory is bounded all the same.
 */
final class TopicBook {
    private final int mostReleased;
    private final History history;
    private final Shelf shelf;
    private final Map<Topic, TopicLine> lines = new LinkedHashMap<>();
    private final Map<String, KeyLines> keys = new HashMap<>();
    private final Set<TopicLine> released = new LinkedHashSet<>();
    private long floor;

    /** A book whose topics leave what they told in {@code history}, and on a shelf that earlier owners may have filled. */
    TopicBook(int mostReleased, History history, Shelf shelf) {
        this.mostReleased = mostReleased;
        this.history = history;
        this.shelf = shelf;
    }

    TopicLine line(Topic topic, String key, List<Registration> registrations) {
        return lines.computeIfAbsent(topic, added -> {
            KeyLines shared = keys.computeIfAbsent(key, KeyLines::new);
            TopicLine line = new TopicLine(added, shared, registrations, new TopicLine.Told(history, shelf), floor);
            line.recall(shelf.recall(added));
            shared.add(line);
            return line;
        });
    }

    @Nullable
    TopicLine find(Topic topic) {
        return lines.get(topic);
    }

    @Nullable
    KeyLines ofKey(String key) {
        return keys.get(key);
    }

    /** Every topic, held or not. */
    Collection<TopicLine> lines() {
        return lines.values();
    }

    void onHeld(TopicLine line) {
        released.remove(line);
    }

    void onReleased(TopicLine line) {
        released.add(line);
        if (released.size() > mostReleased) {
            TopicLine first = released.iterator().next();
            released.remove(first);
            forget(first);
        }
    }

    private void forget(TopicLine line) {
        floor = Math.max(floor, line.seq());
        lines.remove(line.topic);
        history.clear(line.topic);
        line.lines.remove(line);
        if (line.lines.isEmpty()) {
            keys.remove(line.lines.key);
        }
    }
}
