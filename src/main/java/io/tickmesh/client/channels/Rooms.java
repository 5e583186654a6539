package io.tickmesh.client.channels;

import io.tickmesh.bus.Room;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clients of one event loop that are let in, and the rooms they are in. */
final class Rooms {
    private final Map<Long, Guest> guests = new HashMap<>();
    private final Map<Room, Set<Guest>> rooms = new HashMap<>();

    void add(Guest guest) {
        guests.put(guest.number(), guest);
    }

    /** A guest is let in. */
    void open(Guest guest) {
        enter(Room.ALL, guest);
        enter(Room.client(guest.client()), guest);
        String user = guest.user();
        if (user != null) {
            enter(Room.user(user), guest);
        }
    }

    void remove(Guest guest) {
        guests.remove(guest.number());
        leave(Room.ALL, guest);
        leave(Room.client(guest.client()), guest);
        String user = guest.user();
        if (user != null) {
            leave(Room.user(user), guest);
        }
        guest.seats().keySet().forEach(channel -> leave(Room.channel(channel), guest));
    }

    void enter(Room room, Guest guest) {
        rooms.computeIfAbsent(room, name -> new LinkedHashSet<>()).add(guest);
    }

    void leave(Room room, Guest guest) {
        Set<Guest> in = rooms.get(room);
        if (in != null) {
            in.remove(guest);
            if (in.isEmpty()) {
                rooms.remove(room);
            }
        }
    }

    @Nullable
    Guest of(long number) {
        return guests.get(number);
    }

    Collection<Guest> in(Room room) {
        return rooms.getOrDefault(room, Set.of());
    }
}
