package io.tickmesh.channel;

import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomUpdate;
import io.tickmesh.bus.RoomUpdate.Entry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the homes of rooms, this node among them, who of this node is in them. */
final class Reports {
    private final View view;
    private final Registry registry;
    private final Home home;
    private final Peers peers;
    private final Moves moves;
    private final Map<String, Long> digests = new HashMap<>();

    Reports(View view, Registry registry, Home home, Peers peers) {
        this.view = view;
        this.registry = registry;
        this.home = home;
        this.peers = peers;
        this.moves = new Moves(view, this::askWhoIsThere);
    }

    private Future<?> askWhoIsThere(String node, List<String> channels) {
        if (node.equals(view.self())) {
            channels.forEach(channel -> home.onMissed(node, Room.channel(channel)));
            return Future.succeededFuture();
        }
        return peers.ask(
                node, "unsure", new JsonObject().put("node", view.self()).put("channels", new JsonArray(channels)));
    }

    /** A client has come into a room; its home is asked, so need not be told. */
    void entered(Entry entry) {
        digests.merge(view.homeOf(entry.room()), entry.digest(), Long::sum);
    }

    /** Its place in the room is about to change. */
    void unentered(Entry entry) {
        digests.merge(view.homeOf(entry.room()), -entry.digest(), Long::sum);
    }

    /** The same, and the home may not know. */
    void enter(Entry entry) {
        entered(entry);
        tell(entry);
    }

    /** A client has gone from a room; the entry says why. */
    void left(Entry entry) {
        unentered(entry);
        tell(entry);
    }

    private void tell(Entry entry) {
        String to = view.homeOf(entry.room());
        RoomUpdate update = update(to, RoomUpdate.Form.CHANGE, List.of(entry));
        if (to.equals(view.self())) {
            home.onChange(update);
        } else {
            peers.tell(to, update);
        }
    }

    private RoomUpdate update(String to, RoomUpdate.Form form, List<Entry> entries) {
        return new RoomUpdate(
                view.self(), view.incarnation(), view.digest(), form, digests.getOrDefault(to, 0L), entries);
    }

    /** The nodes have changed: others are now to know other things, of which this one is told. */
    void recount() {
        digests.clear();
        List<Entry> entries = registry.entries();
        entries.forEach(this::entered);
        home.onFull(full(view.self()));
        moves.onNodes(entries);
    }

    void tellAll(String to) {
        RoomUpdate full = full(to);
        digests.put(to, full.entries().stream().mapToLong(Entry::digest).sum());
        peers.tell(to, full);
    }

    private RoomUpdate full(String to) {
        List<Entry> entries = registry.entries().stream()
                .filter(entry -> view.homeOf(entry.room()).equals(to))
                .toList();
        return update(to, RoomUpdate.Form.FULL, entries);
    }

    /** To be called now and then. */
    void greet() {
        moves.ask();
        view.otherMembers().forEach(node -> peers.tell(node, update(node, RoomUpdate.Form.HELLO, List.of())));
    }

    void ask(String node) {
        peers.tell(node, update(node, RoomUpdate.Form.ASK, List.of()));
    }

    void bye() {
        view.others().forEach(node -> peers.tell(node, update(node, RoomUpdate.Form.BYE, List.of())));
    }
}
