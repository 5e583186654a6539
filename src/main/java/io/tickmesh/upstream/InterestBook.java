package io.tickmesh.upstream;

import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.market.Topic;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every node holds of a pool. It outlives the epochs: what is known of interest is not known from the lease. */
final class InterestBook {
    /** Who wants to know what changed. */
    interface Changes {
        /** A node that was not known, or that has begun anew. */
        void onNode(String node);

        /** A node that wants the topic answered: it holds it now, or has forgotten that it did. */
        void onHeld(String node, Topic topic);

        void onReleased(String node, Topic topic);
    }

    private final Map<String, Map<Topic, InterestUpdate.Entry>> nodes = new LinkedHashMap<>();

    void apply(InterestUpdate update, Changes changes) {
        String node = update.node();
        boolean full = update.form() == InterestUpdate.Form.FULL;
        boolean begun = !nodes.containsKey(node) || (full && update.number() == 1);
        Map<Topic, InterestUpdate.Entry> held = nodes.computeIfAbsent(node, name -> new LinkedHashMap<>());
        if (begun) {
            changes.onNode(node);
        }
        if (full) {
            releaseOthers(update, held, changes);
        }
        for (InterestUpdate.Entry entry : update.entries()) {
            if (!entry.held()) {
                if (held.remove(entry.topic()) != null) {
                    changes.onReleased(node, entry.topic());
                }
            } else if (held.put(entry.topic(), entry) == null || begun) {
                changes.onHeld(node, entry.topic());
            }
        }
        if (held.isEmpty()) {
            nodes.remove(node);
        }
    }

    private static void releaseOthers(InterestUpdate update, Map<Topic, InterestUpdate.Entry> held, Changes changes) {
        Set<Topic> named = new HashSet<>();
        update.entries().forEach(entry -> named.add(entry.topic()));
        for (Topic topic : List.copyOf(held.keySet())) {
            if (!named.contains(topic)) {
                held.remove(topic);
                changes.onReleased(update.node(), topic);
            }
        }
    }

    /** Tells everything that is held, as if it had just come. */
    void replay(Changes changes) {
        nodes.forEach((node, held) -> {
            changes.onNode(node);
            held.keySet().forEach(topic -> changes.onHeld(node, topic));
        });
    }
}
