package io.tickmesh.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which nodes are there. One that left keeps its interest for a while, so that its clients can come back elsewhere
 * without a release upstream. Until it is told who is there, it takes nobody for absent.
 */
final class Attendance {
    private final long lingerNanos;
    private final SortedSet<String> present = new TreeSet<>();
    private final Map<String, Long> absentSince = new LinkedHashMap<>();
    private boolean told;

    Attendance(Duration linger) {
        this.lingerNanos = linger.toNanos();
    }

    /**
     * Takes the names of the live nodes.
     *
     * @param known the nodes that have told interest
     */
    void update(Set<String> names, Collection<String> known, long now) {
        for (String node : known) {
            if (!names.contains(node)) {
                absentSince.putIfAbsent(node, now);
            }
        }
        absentSince.keySet().removeAll(names);
        present.clear();
        present.addAll(names);
        told = true;
    }

    /** Whether the node was named when it was last told who is there. */
    boolean has(String node) {
        return present.contains(node);
    }

    /** Whether it was ever told who is there. */
    boolean told() {
        return told;
    }

    SortedSet<String> present() {
        return new TreeSet<>(present);
    }

    /** The nodes that have been away for too long; they are told once. */
    List<String> expired(long now) {
        List<String> expired = new ArrayList<>();
        absentSince.forEach((node, since) -> {
            if (now - since >= lingerNanos) {
                expired.add(node);
            }
        });
        absentSince.keySet().removeAll(expired);
        return expired;
    }
}
