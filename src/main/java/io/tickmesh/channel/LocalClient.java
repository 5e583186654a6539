package io.tickmesh.channel;

import io.tickmesh.bus.ChannelRequest.Subscribe;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomUpdate.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client of this node that was let in, and what it subscribes to. */
final class LocalClient {
    private final Seat seat;
    private final String id;
    private final @Nullable String user;
    private final long since;
    private final Map<String, Subscribe> channels = new LinkedHashMap<>();
    private boolean open;

    /** Where a client's session is. */
    record Seat(int loop, long session) {}

    LocalClient(Seat seat, String id, @Nullable String user, long since) {
        this.seat = seat;
        this.id = id;
        this.user = user;
        this.since = since;
    }

    Seat seat() {
        return seat;
    }

    String id() {
        return id;
    }

    @Nullable
    String user() {
        return user;
    }

    /** Milliseconds since 1970. */
    long since() {
        return since;
    }

    /** It is told that it is connected. */
    void open() {
        open = true;
    }

    /** In the contract's words; of a client that is about to go nothing is known here any more. */
    String state() {
        return open ? "connected" : "connecting";
    }

    Map<String, Subscribe> channels() {
        return channels;
    }

    /** The rooms that it is in by being there. */
    List<Room> ownRooms() {
        return user == null ? List.of(Room.client(id)) : List.of(Room.client(id), Room.user(user));
    }

    /** Its place in a room; {@code reason} says why it has none there any more, or is empty. */
    Entry entry(Room room, String reason) {
        Subscribe subscribed = room.kind() == Room.Kind.CHANNEL ? channels.get(room.name()) : null;
        return new Entry(room, id, user, subscribed != null && subscribed.presence(), reason);
    }

    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        ownRooms().forEach(room -> entries.add(entry(room, "")));
        channels.keySet().forEach(channel -> entries.add(entry(Room.channel(channel), "")));
        return entries;
    }
}
