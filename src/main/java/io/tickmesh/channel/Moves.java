package io.tickmesh.channel;

import io.tickmesh.bus.Rendezvous;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomUpdate.Entry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * The channels watched on this node that have another home than before, as this node sees it. The home may not know of
 * that: it may have been gone for this node alone, and have told no news, or told in vain, while another one told otherwise.
 * So each is asked to tell who is there, until it says that it will.
 */
final class Moves {
    private final View view;
    private final BiFunction<String, List<String>, Future<?>> asking;
    private final Set<String> unsure = new TreeSet<>();
    private Collection<String> nodes;

    /** {@code asking} asks a node, this one perhaps, to tell who is in channels. */
    Moves(View view, BiFunction<String, List<String>, Future<?>> asking) {
        this.view = view;
        this.asking = asking;
        this.nodes = view.nodes();
    }

    /** The nodes have changed; these are the rooms that clients of this one are in. */
    void onNodes(Collection<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.watches() && isMoved(entry.room())) {
                unsure.add(entry.room().name());
            }
        }
        nodes = view.nodes();
        ask();
    }

    private boolean isMoved(Room room) {
        return !Rendezvous.first(room.toString(), nodes).equals(view.homeOf(room));
    }

    /** Asks what has not been asked, or in vain; to be called now and then. */
    void ask() {
        Map<String, List<String>> byHome = new HashMap<>();
        unsure.forEach(channel -> byHome.computeIfAbsent(view.homeOf(Room.channel(channel)), home -> new ArrayList<>())
                .add(channel));
        unsure.clear();
        byHome.forEach((home, channels) -> asking.apply(home, channels).onFailure(cause -> unsure.addAll(channels)));
    }
}
