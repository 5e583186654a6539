package io.tickmesh.channel;

import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomUpdate.Entry;
import io.tickmesh.channel.LocalClient.Seat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The clients of this node, and the rooms they are in. Pure bookkeeping. */
final class Registry {
    private final Map<Seat, LocalClient> bySeat = new HashMap<>();
    private final Map<String, LocalClient> byId = new LinkedHashMap<>();
    private final Map<Room, Map<String, LocalClient>> rooms = new HashMap<>();

    void add(LocalClient client) {
        bySeat.put(client.seat(), client);
        byId.put(client.id(), client);
    }

    /** From now on it gets what is sent to it, to its user and to all. */
    void open(LocalClient client) {
        client.open();
        enter(Room.ALL, client);
        client.ownRooms().forEach(room -> enter(room, client));
    }

    void remove(LocalClient client) {
        bySeat.remove(client.seat());
        byId.remove(client.id());
        leave(Room.ALL, client);
        client.entries().forEach(entry -> leave(entry.room(), client));
    }

    void enter(Room room, LocalClient client) {
        rooms.computeIfAbsent(room, name -> new LinkedHashMap<>()).put(client.id(), client);
    }

    void leave(Room room, LocalClient client) {
        Map<String, LocalClient> clients = rooms.get(room);
        if (clients != null) {
            clients.remove(client.id());
            if (clients.isEmpty()) {
                rooms.remove(room);
            }
        }
    }

    @Nullable
    LocalClient at(Seat seat) {
        return bySeat.get(seat);
    }

    @Nullable
    LocalClient of(String id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    /** Those of this node that get what is sent to a room. */
    Collection<LocalClient> in(Room room) {
        return rooms.getOrDefault(room, Map.of()).values();
    }

    static Set<Integer> loopsOf(Collection<LocalClient> clients) {
        Set<Integer> loops = new TreeSet<>();
        clients.forEach(client -> loops.add(client.seat().loop()));
        return loops;
    }

    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        byId.values().forEach(client -> entries.addAll(client.entries()));
        return entries;
    }
}
