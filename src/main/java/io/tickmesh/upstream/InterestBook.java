package io.tickmesh.upstream;

import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What every node holds of a pool, as it was told to the owner of one epoch. What was told to an earlier owner counts
 * for nothing: nobody knows whether it is still so.
 */
final class InterestBook {
    /** Who wants to know what changed. */
    interface Changes {
        /** A node that was not known, or that has begun anew. */
        void onNode(String node);

        /** A node that wants the topic answered: it holds it now, or has forgotten that it did. */
        void onHeld(String node, Topic topic);

        void onReleased(String node, Topic topic);
    }

    /** What one node has told. */
    private static final class Page {
        private final Map<Topic, InterestUpdate.Entry> held = new LinkedHashMap<>();
        private long number;
        /** Whether all that it holds is known: it told so in full, and nothing is missing since. */
        private boolean whole;
    }

    private final long epoch;
    private final Map<String, Page> pages = new LinkedHashMap<>();

    InterestBook(long epoch) {
        this.epoch = epoch;
    }

    long epoch() {
        return epoch;
    }

    /** Takes an update; false if it shows that something is missing, so that the node must be asked for all. */
    boolean apply(InterestUpdate update, Changes changes) {
        if (update.epoch() != epoch) {
            return true;
        }
        @Nullable Page known = pages.get(update.node());
        return switch (update.form()) {
            case FULL -> {
                onFull(update, known == null ? new Page() : known, changes);
                yield true;
            }
            case CHANGE -> known != null && onChange(update, known, changes);
            case DIGEST -> known != null && onDigest(update, known);
        };
    }

    /** Only what is new to the owner is new to the node, unless one of them has forgotten something. */
    private void onFull(InterestUpdate update, Page page, Changes changes) {
        boolean begun = !page.whole || update.number() == 1;
        pages.put(update.node(), page);
        page.whole = true;
        page.number = update.number();
        if (begun) {
            changes.onNode(update.node());
        }
        releaseOthers(update, page, changes);
        enter(update, page, begun, changes);
    }

    private static boolean onChange(InterestUpdate update, Page page, Changes changes) {
        if (update.number() <= page.number) {
            return true;
        }
        boolean next = update.number() == page.number + 1;
        boolean news = page.whole && !next;
        page.whole &= next;
        page.number = update.number();
        enter(update, page, false, changes);
        return !news;
    }

    private static boolean onDigest(InterestUpdate update, Page page) {
        boolean same = update.number() == page.number && update.digest() == InterestUpdate.digestOf(page.held.values());
        boolean news = page.whole && !same;
        page.whole &= same;
        return !news;
    }

    private static void enter(InterestUpdate update, Page page, boolean again, Changes changes) {
        List<Topic> news = new ArrayList<>();
        for (InterestUpdate.Entry entry : update.entries()) {
            if (!entry.held()) {
                if (page.held.remove(entry.topic()) != null) {
                    changes.onReleased(update.node(), entry.topic());
                }
            } else if (page.held.put(entry.topic(), entry) == null || again) {
                news.add(entry.topic());
            }
        }
        // answered when all is known that was told together: who is refused depends on it
        news.forEach(topic -> changes.onHeld(update.node(), topic));
    }

    private static void releaseOthers(InterestUpdate update, Page page, Changes changes) {
        Set<Topic> named = new HashSet<>();
        update.entries().forEach(entry -> named.add(entry.topic()));
        for (Topic topic : List.copyOf(page.held.keySet())) {
            if (!named.contains(topic)) {
                page.held.remove(topic);
                changes.onReleased(update.node(), topic);
            }
        }
    }

    /** Whether everything that the node holds is known. */
    boolean knows(String node) {
        @Nullable Page page = pages.get(node);
        return page != null && page.whole;
    }

    /** What is known of the node may be old: it has to tell all. */
    void doubt(String node) {
        @Nullable Page page = pages.get(node);
        if (page != null) {
            page.whole = false;
        }
    }

    /** The nodes that have told anything. */
    Collection<String> nodes() {
        return new ArrayList<>(pages.keySet());
    }

    /** Releases everything that the node held. */
    void forget(String node, Changes changes) {
        @Nullable Page page = pages.remove(node);
        if (page != null) {
            page.held.keySet().forEach(topic -> changes.onReleased(node, topic));
        }
    }

    /** Tells everything that is held, as if it had just come. */
    void replay(Changes changes) {
        nodes().forEach(node -> replay(node, changes));
    }

    /** Tells everything that one node holds, as if it had just come. */
    void replay(String node, Changes changes) {
        changes.onNode(node);
        @Nullable Page page = pages.get(node);
        if (page != null) {
            page.held.keySet().forEach(topic -> changes.onHeld(node, topic));
        }
    }

    /** The first topics after a text that any node holds, in the order of their texts. */
    SortedSet<String> topicsAfter(String after, int most) {
        TreeSet<String> first = new TreeSet<>();
        for (Page page : pages.values()) {
            for (Topic topic : page.held.keySet()) {
                String text = topic.toString();
                boolean fits = first.size() < most || text.compareTo(first.last()) < 0;
                if (fits && text.compareTo(after) > 0 && first.add(text) && first.size() > most) {
                    first.pollLast();
                }
            }
        }
        return first;
    }

    /** How much a topic is wanted on all nodes. */
    Weight weight(Topic topic) {
        boolean pinned = false;
        int sessions = 0;
        for (Page page : pages.values()) {
            InterestUpdate.@Nullable Entry entry = page.held.get(topic);
            if (entry != null) {
                pinned |= entry.pinned();
                sessions += entry.lingering() ? 0 : entry.sessions();
            }
        }
        return new Weight(pinned, sessions);
    }

    /** Who holds a topic, by node. */
    SortedMap<String, InterestUpdate.Entry> holders(Topic topic) {
        SortedMap<String, InterestUpdate.Entry> holders = new TreeMap<>();
        pages.forEach((node, page) -> {
            InterestUpdate.@Nullable Entry entry = page.held.get(topic);
            if (entry != null) {
                holders.put(node, entry);
            }
        });
        return holders;
    }
}
