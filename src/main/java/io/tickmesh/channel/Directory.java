package io.tickmesh.channel;

import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomUpdate.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is in the rooms that this node keeps the directory of, and on which node. Pure bookkeeping. */
final class Directory {
    private final Map<Room, Map<String, Map<String, Entry>>> rooms = new HashMap<>();
    private final Map<String, Long> digests = new HashMap<>();

    /** Enters a client of a node; the entry that this replaces, or null. */
    @Nullable
    Entry put(String node, Entry entry) {
        Entry before = rooms.computeIfAbsent(entry.room(), room -> new LinkedHashMap<>())
                .computeIfAbsent(node, name -> new LinkedHashMap<>())
                .put(entry.client(), entry);
        digests.merge(node, entry.digest() - (before == null ? 0 : before.digest()), Long::sum);
        return before;
    }

    /** Takes a client of a node out; null if it was not there. */
    @Nullable
    Entry remove(String node, Room room, String client) {
        Map<String, Map<String, Entry>> nodes = rooms.getOrDefault(room, Map.of());
        Map<String, Entry> clients = nodes.getOrDefault(node, Map.of());
        Entry gone = clients.isEmpty() ? null : clients.remove(client);
        if (gone != null) {
            digests.merge(node, -gone.digest(), Long::sum);
            if (clients.isEmpty()) {
                nodes.remove(node);
            }
            if (nodes.isEmpty()) {
                rooms.remove(room);
            }
        }
        return gone;
    }

    /** Whether just this is known of a node. */
    boolean has(String node, Entry entry) {
        return entry.equals(rooms.getOrDefault(entry.room(), Map.of())
                .getOrDefault(node, Map.of())
                .get(entry.client()));
    }

    /** All entries of a node. */
    List<Entry> of(String node) {
        List<Entry> entries = new ArrayList<>();
        rooms.values()
                .forEach(nodes ->
                        entries.addAll(nodes.getOrDefault(node, Map.of()).values()));
        return entries;
    }

    /** Forgets the rooms that are kept elsewhere. */
    void retain(Predicate<Room> kept) {
        for (Room room : List.copyOf(rooms.keySet())) {
            if (!kept.test(room)) {
                rooms.getOrDefault(room, Map.of())
                        .forEach((node, clients) ->
                                clients.values().forEach(entry -> digests.merge(node, -entry.digest(), Long::sum)));
                rooms.remove(room);
            }
        }
    }

    long digestOf(String node) {
        return digests.getOrDefault(node, 0L);
    }

    Set<Room> rooms() {
        return rooms.keySet();
    }

    long count(Room.Kind kind) {
        return rooms.keySet().stream().filter(room -> room.kind() == kind).count();
    }

    /** The nodes that have clients in a room. */
    List<String> nodesOf(Room room) {
        return List.copyOf(rooms.getOrDefault(room, Map.of()).keySet());
    }

    /** The nodes that have clients in a room who are told who joins and leaves. */
    List<String> watchingNodesOf(Room room) {
        List<String> watching = new ArrayList<>();
        rooms.getOrDefault(room, Map.of()).forEach((node, clients) -> {
            if (clients.values().stream().anyMatch(Entry::watches)) {
                watching.add(node);
            }
        });
        return watching;
    }

    Collection<Entry> entriesOf(Room room) {
        List<Entry> entries = new ArrayList<>();
        rooms.getOrDefault(room, Map.of()).values().forEach(clients -> entries.addAll(clients.values()));
        return entries;
    }
}
