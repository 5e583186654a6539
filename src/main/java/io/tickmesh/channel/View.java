package io.tickmesh.channel;

import io.tickmesh.bus.Rendezvous;
import io.tickmesh.bus.Room;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The nodes that serve channels, as this one sees them: those members that have said so. Which of them keeps the directory
 * of a room, and which have not told yet who of theirs is in the rooms kept here.
 */
final class View {
    private final String self;
    private final long incarnation;
    private final Map<String, Long> greeted = new HashMap<>();
    private final Map<String, Long> left = new HashMap<>();
    private final Map<String, Long> reports = new HashMap<>();
    private final Map<String, Long> lost = new HashMap<>();
    private Set<String> members;
    private SortedMap<String, Long> nodes = Collections.emptySortedMap();
    private boolean leaving;
    private long digest;

    View(String self, long incarnation) {
        this.self = self;
        this.incarnation = incarnation;
        this.members = Set.of(self);
        look();
    }

    String self() {
        return self;
    }

    long incarnation() {
        return incarnation;
    }

    /** The same on nodes that see the same. */
    long digest() {
        return digest;
    }

    Set<String> nodes() {
        return nodes.keySet();
    }

    /** The same with when each of them started. */
    Map<String, Long> incarnations() {
        return nodes;
    }

    /** All but this one. */
    List<String> others() {
        return nodes.keySet().stream().filter(node -> !node.equals(self)).toList();
    }

    /** All members but this one, whether they have said anything or not. */
    List<String> otherMembers() {
        return members.stream().filter(node -> !node.equals(self)).toList();
    }

    String homeOf(Room room) {
        return Rendezvous.first(room.toString(), nodes.keySet());
    }

    boolean isHome(Room room) {
        return homeOf(room).equals(self);
    }

    /** Whether that changed the nodes. */
    boolean onMembers(Set<String> names) {
        Set<String> gone = new TreeSet<>(members);
        gone.removeAll(names);
        nodes.forEach((node, since) -> {
            if (gone.contains(node)) {
                lost.put(node, since);
            }
        });
        greeted.keySet().removeAll(gone);
        reports.keySet().removeAll(gone);
        left.keySet().removeAll(gone);
        members = Set.copyOf(names);
        return look();
    }

    /** A sign of life; whether that changed the nodes. */
    boolean onHeard(String node, long since) {
        Long gone = left.get(node);
        if (gone != null && gone >= since) {
            return false;
        }
        greeted.put(node, since);
        return look();
    }

    /** A node says that it leaves; whether that changed the nodes. */
    boolean onBye(String node, long since) {
        left.put(node, since);
        greeted.remove(node);
        return look();
    }

    /** From now on the others keep what this node has kept, if there are any. */
    void leave() {
        leaving = true;
        look();
    }

    private boolean look() {
        SortedMap<String, Long> now = new TreeMap<>();
        greeted.forEach((node, since) -> {
            if (members.contains(node)) {
                now.put(node, since);
            }
        });
        if (!leaving || now.isEmpty()) {
            now.put(self, incarnation);
        }
        if (now.equals(nodes)) {
            return false;
        }
        nodes = now;
        digest = Rendezvous.weight(now.toString(), "");
        // what was told of other nodes does not hold when those are back: rooms have gone from here meanwhile
        reports.values().removeIf(told -> told != digest);
        return true;
    }

    /** A node has told all it has, seeing the nodes of that digest. */
    void onReport(String node, long view) {
        reports.put(node, view);
        if (view == digest) {
            lost.remove(node);
        }
    }

    /** Whether one of those who have not told yet has served without this node for a while, and may have decided anything. */
    boolean awaitsOneThatWasAway() {
        return awaited().stream().anyMatch(node -> nodes.getOrDefault(node, 0L).equals(lost.get(node)));
    }

    /** The nodes that have not told all they have since the nodes changed last. */
    List<String> awaited() {
        List<String> awaited = new ArrayList<>(others());
        awaited.removeIf(node -> reports.getOrDefault(node, 0L) == digest);
        return awaited;
    }
}
