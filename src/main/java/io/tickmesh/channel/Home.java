package io.tickmesh.channel;

import io.tickmesh.bus.ChannelEvent.Numbered;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.bus.RoomUpdate;
import io.tickmesh.bus.RoomUpdate.Entry;
import io.tickmesh.channel.Histories.Kept;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.market.IsoLocal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * This node as the home of rooms: it knows who is in them, numbers and keeps the messages of channels, tells who joins and
 * leaves. It decides; what it decides is carried out by {@link Carrier}.
 */
final class Home {
    private static final int MOST_NAMED = 1_000;

    private final View view;
    private final Carrier carrier;
    private final boolean replaceOld;
    private final Directory directory = new Directory();
    private final Histories histories;

    /** The nodes whose watchers of a room may not know who is there: they are told no news, but all, once all have told. */
    private final Map<Room, Set<String>> missed = new HashMap<>();

    private boolean settled = true;

    /** Carries out what a home decides. */
    interface Carrier {
        /** News for those who watch a room; {@link #onMissed} is told of nodes that may not have got them. */
        void deliver(RoomDelivery delivery, Collection<String> nodes);

        /** Ends a client of a node whose id another one has. */
        void evict(String node, String client);
    }

    Home(View view, ChannelsConfig config, LongSupplier clock, Carrier carrier) {
        this.view = view;
        this.carrier = carrier;
        this.replaceOld = config.replaceOld();
        this.histories = new Histories(config, clock);
    }

    Directory directory() {
        return directory;
    }

    Histories histories() {
        return histories;
    }

    /** The delivery of a message to a room, numbered if it is a channel. */
    RoomDelivery number(Room room, String json) {
        if (room.kind() != Room.Kind.CHANNEL) {
            return new RoomDelivery(room, json);
        }
        long previous = histories.last(room.name());
        return new RoomDelivery(room, json, histories.add(room.name(), json), previous, false, "");
    }

    /** Lets a client id have its place on a node, or not. */
    boolean claim(String node, String client) {
        Room room = Room.client(client);
        for (String holder : directory.nodesOf(room)) {
            if (!holder.equals(node)) {
                if (!replaceOld) {
                    return false;
                }
                directory.remove(holder, room, client);
                carrier.evict(holder, client);
            }
        }
        directory.put(node, new Entry(room, client, null, false, ""));
        return true;
    }

    /** A client enters a room, and may ask who is there. */
    void enter(String node, Entry entry) {
        if (entry.room().kind() == Room.Kind.CLIENT && !mayHold(node, entry)) {
            carrier.evict(node, entry.client());
        } else if (directory.put(node, entry) == null) {
            tellWatchers("joined", entry, "");
        }
    }

    /** A node says that a client is in a room; until now another node may have told it who else is. */
    private void hear(String node, Entry entry) {
        if (entry.watches() && !directory.has(node, entry)) {
            onMissed(node, entry.room());
        }
        enter(node, entry);
    }

    /** Of two that have the same id, after a cut perhaps, the first that is told here stays. */
    private boolean mayHold(String node, Entry entry) {
        return directory.nodesOf(entry.room()).stream().allMatch(node::equals) || claim(node, entry.client());
    }

    private void leave(String node, Entry entry) {
        Entry gone = directory.remove(node, entry.room(), entry.client());
        if (gone != null) {
            tellWatchers("left", gone, entry.reason());
        }
    }

    void onChange(RoomUpdate update) {
        for (Entry entry : update.entries()) {
            if (entry.present()) {
                hear(update.node(), entry);
            } else {
                leave(update.node(), entry);
            }
        }
    }

    /** What a node has is exactly this, if it sees the same nodes; else it may have told others of the rest. */
    void onFull(RoomUpdate update) {
        if (update.view() == view.digest()) {
            Set<Entry> there = new HashSet<>(update.entries());
            for (Entry entry : directory.of(update.node())) {
                if (!there.contains(entry)) {
                    leave(update.node(), new Entry(entry.room(), entry.client(), null, false, "lost"));
                }
            }
        }
        onChange(update);
    }

    /** The nodes have changed: rooms come and go, and the clients of nodes that are gone are gone. */
    void onNodes(Set<String> lost) {
        directory.retain(view::isHome);
        missed.keySet().removeIf(room -> !view.isHome(room));
        List<Entry> gone = new ArrayList<>();
        for (String node : lost) {
            for (Entry entry : directory.of(node)) {
                directory.remove(node, entry.room(), entry.client());
                gone.add(entry);
            }
        }
        // only now: those who are lost too are not to be told of each other
        gone.forEach(entry -> tellWatchers("left", entry, "node_lost"));
        settled = false;
    }

    /** All nodes have told what they have, or have had their time. */
    void settle() {
        settled = true;
        tellMissed();
    }

    /** The watchers of a room on a node may not know who is there. */
    void onMissed(String node, Room room) {
        missed.computeIfAbsent(room, name -> new HashSet<>()).add(node);
    }

    /** Tells those who may not know who is there; to be called now and then. */
    void tellMissed() {
        if (!settled) {
            return;
        }
        for (Room room : List.copyOf(missed.keySet())) {
            // a room that another node still keeps, as this one sees it, may be about to come here
            if (view.isHome(room)) {
                List<String> watching = directory.watchingNodesOf(room);
                watching.retainAll(missed.getOrDefault(room, Set.of()));
                missed.remove(room);
                if (!watching.isEmpty()) {
                    carrier.deliver(watchersOnly(room, who(room.name()), ""), watching);
                }
            }
        }
    }

    private void tellWatchers(String type, Entry entry, String reason) {
        if (entry.room().kind() != Room.Kind.CHANNEL) {
            return;
        }
        List<String> watching = directory.watchingNodesOf(entry.room());
        watching.removeAll(missed.getOrDefault(entry.room(), Set.of()));
        if (!watching.isEmpty()) {
            JsonObject news = new JsonObject()
                    .put("type", type)
                    .put("channel", entry.room().name())
                    .put("client_id", entry.client())
                    .put("user_id", entry.user());
            if (!reason.isEmpty()) {
                news.put("reason", reason);
            }
            carrier.deliver(watchersOnly(entry.room(), news, entry.client()), watching);
        }
    }

    private static RoomDelivery watchersOnly(Room room, JsonObject json, String except) {
        return new RoomDelivery(room, json.put("timestamp", IsoLocal.now()).encode(), 0, 0, true, except);
    }

    /** Who is in a channel; the first thousand by name. */
    JsonObject who(String channel) {
        Collection<Entry> entries = directory.entriesOf(Room.channel(channel));
        JsonArray clients = entries.stream()
                .limit(MOST_NAMED)
                .map(entry -> new JsonObject().put("client_id", entry.client()).put("user_id", entry.user()))
                .collect(Collectors.collectingAndThen(Collectors.toList(), JsonArray::new));
        return new JsonObject()
                .put("type", "presence")
                .put("channel", channel)
                .put("count", entries.size())
                .put("clients", clients);
    }

    /** The ids of all in a channel. */
    JsonArray idsOf(String channel) {
        return new JsonArray(directory.entriesOf(Room.channel(channel)).stream()
                .map(Entry::client)
                .sorted()
                .collect(Collectors.toList()));
    }

    /** Where a channel stands, and what followed a number; -1 asks for nothing of that. */
    JsonObject standing(String channel, long after) {
        JsonObject standing = new JsonObject();
        if (after < 0) {
            return standing.put("number", histories.last(channel)).put("missed", new JsonArray());
        }
        Kept kept = histories.of(channel);
        boolean reset = !kept.reaches(after);
        return standing.put("number", kept.last())
                .put("reset", reset)
                .put("missed", reset ? new JsonArray() : list(kept.after(after)));
    }

    /** Texts and numbers in turn. */
    static JsonArray list(List<Numbered> messages) {
        JsonArray list = new JsonArray();
        messages.forEach(each -> list.add(each.number()).add(each.json()));
        return list;
    }

    static List<Numbered> messages(JsonArray list) {
        return IntStream.range(0, list.size() / 2)
                .mapToObj(i -> new Numbered(list.getLong(2 * i), list.getString(2 * i + 1)))
                .toList();
    }
}
