package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** What a node says in one turn. What it says to itself it hears in the same turn. */
final class LeaseTalk {
    private final String node;
    private final Deque<LeaseMessage> toItself = new ArrayDeque<>();
    private List<Outgoing> outgoing = new ArrayList<>();

    LeaseTalk(String node) {
        this.node = node;
    }

    void say(String to, LeaseMessage message) {
        if (to.equals(node)) {
            toItself.add(message);
        } else {
            outgoing.add(new Outgoing(to, message));
        }
    }

    void sayToAll(Collection<String> nodes, LeaseMessage message) {
        for (String to : nodes) {
            say(to, message);
        }
    }

    /** Ends the turn. */
    List<Outgoing> end(LeaseMessage.Receiver itself) {
        for (LeaseMessage next = toItself.poll(); next != null; next = toItself.poll()) {
            next.deliverTo(itself);
        }
        if (outgoing.isEmpty()) {
            return List.of();
        }
        List<Outgoing> said = outgoing;
        outgoing = new ArrayList<>();
        return said;
    }
}
