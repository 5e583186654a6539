package io.tickmesh.upstream;

import io.tickmesh.market.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The topics of one instrument at one venue: what a frame that names it may be for. */
final class KeyLines {
    final String key;
    private final Map<Kind, List<TopicLine>> lines = new EnumMap<>(Kind.class);

    KeyLines(String key) {
        this.key = key;
    }

    /** Those of a kind, held or not; they differ in their parameter. */
    List<TopicLine> of(Kind kind) {
        @Nullable List<TopicLine> found = lines.get(kind);
        return found == null ? List.of() : found;
    }

    List<TopicLine> all() {
        List<TopicLine> all = new ArrayList<>();
        lines.values().forEach(all::addAll);
        return all;
    }

    void add(TopicLine line) {
        lines.computeIfAbsent(line.topic.kind(), kind -> new ArrayList<>(1)).add(line);
    }

    void remove(TopicLine line) {
        @Nullable List<TopicLine> kind = lines.get(line.topic.kind());
        if (kind != null && kind.remove(line) && kind.isEmpty()) {
            lines.remove(line.topic.kind());
        }
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }
}
