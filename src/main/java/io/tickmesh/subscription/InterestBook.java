package io.tickmesh.subscription;

import io.tickmesh.bus.HolderCounts;
import io.tickmesh.bus.InterestReport;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.market.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Counts the holders of every topic on this node and remembers what the owners of the pools have yet to be told.
 *
 * <p>A topic whose last holder left lingers; only when it was not taken up again is its release told. Pure
 * bookkeeping: no bus, no timers, no clock.
 */
final class InterestBook {
    /** What makes room comes before what needs it. */
    private static final Comparator<InterestUpdate.Entry> LEAVING_FIRST =
            Comparator.comparing(InterestUpdate.Entry::held).thenComparing(entry -> !entry.lingering());

    private final Map<Topic, Holding> holdings = new HashMap<>();
    private final Map<Integer, Map<String, Integer>> sessionsPerLoop = new HashMap<>();
    private final Map<String, Set<Topic>> untold = new HashMap<>();
    private final Function<Topic, String> poolOf;
    private final long lingerNanos;

    InterestBook(Function<Topic, String> poolOf, Duration linger) {
        this.poolOf = poolOf;
        this.lingerNanos = linger.toNanos();
    }

    /**
     * Takes what a hub tells.
     *
     * @return the topics that the hub asks for and the node knew before, so that the owner will not answer again
     */
    List<Topic> onHolders(HolderCounts counts, long nanoTime) {
        sessionsPerLoop.put(counts.loop(), counts.sessions());
        List<Topic> knownBefore = new ArrayList<>();
        counts.holders().forEach((topic, count) -> {
            boolean known = holdings.containsKey(topic);
            if (count == 0 && !known) {
                return;
            }
            Holding holding = holding(topic);
            holding.sessionsOf(counts.loop(), count);
            settle(topic, holding, counts.dropped().contains(topic) ? nanoTime - lingerNanos : nanoTime);
            if (known && counts.asked().contains(topic)) {
                knownBefore.add(topic);
            }
        });
        return knownBefore;
    }

    void pin(Collection<Topic> topics) {
        for (Topic topic : topics) {
            Holding holding = holding(topic);
            if (!holding.pinned()) {
                holding.pinned(true);
                settle(topic, holding, 0);
            }
        }
    }

    void unpin(Collection<Topic> topics, long nanoTime) {
        for (Topic topic : topics) {
            Holding holding = holdings.get(topic);
            if (holding != null && holding.pinned()) {
                holding.pinned(false);
                settle(topic, holding, nanoTime);
            }
        }
    }

    private Holding holding(Topic topic) {
        return holdings.computeIfAbsent(topic, fresh -> new Holding());
    }

    private void settle(Topic topic, Holding holding, long nanoTime) {
        if (holding.held()) {
            holding.stay();
            tell(topic);
        } else {
            holding.lingerUntil(nanoTime + lingerNanos);
            tell(topic);
        }
    }

    private void tell(Topic topic) {
        untold.computeIfAbsent(poolOf.apply(topic), fresh -> new HashSet<>()).add(topic);
    }

    /** Forgets and returns the topics that lingered long enough; their release is now to be told. */
    List<Topic> release(long nanoTime) {
        List<Topic> released = new ArrayList<>();
        holdings.entrySet().removeIf(entry -> {
            if (!entry.getValue().releasedAt(nanoTime)) {
                return false;
            }
            tell(entry.getKey());
            released.add(entry.getKey());
            return true;
        });
        return released;
    }

    /** The pools whose owners have something to be told. */
    Set<String> poolsToTell() {
        return Set.copyOf(untold.keySet());
    }

    /** What changed for a pool since this was last asked. */
    List<InterestUpdate.Entry> changes(String pool) {
        Set<Topic> topics = untold.remove(pool);
        return topics == null
                ? List.of()
                : topics.stream().map(this::entry).sorted(LEAVING_FIRST).toList();
    }

    /** The whole interest of the node in a pool; nothing of it is then left to be told. */
    List<InterestUpdate.Entry> everything(String pool) {
        untold.remove(pool);
        return entries(pool);
    }

    /** The whole interest of the node in a pool; what is left to be told stays so. */
    List<InterestUpdate.Entry> entries(String pool) {
        return holdings.keySet().stream()
                .filter(topic -> poolOf.apply(topic).equals(pool))
                .map(this::entry)
                .toList();
    }

    /** A topic that lingers is still wanted, as if one session held it. */
    private InterestUpdate.Entry entry(Topic topic) {
        Holding holding = holdings.get(topic);
        if (holding == null) {
            return new InterestUpdate.Entry(topic, 0, false);
        }
        return holding.held()
                ? new InterestUpdate.Entry(topic, holding.sessions(), holding.pinned())
                : InterestUpdate.Entry.lingering(topic);
    }

    /** Topics that sessions or pins hold, lingering ones not counted. */
    int held() {
        return (int) holdings.values().stream().filter(Holding::held).count();
    }

    /** Topics that pins hold. */
    int pins() {
        return (int) holdings.values().stream().filter(Holding::pinned).count();
    }

    /** Open sessions of this node per dialect. */
    Map<String, Integer> sessions() {
        Map<String, Integer> sessions = new HashMap<>();
        sessionsPerLoop
                .values()
                .forEach(each -> each.forEach((dialect, n) -> sessions.merge(dialect, n, Integer::sum)));
        return sessions;
    }

    InterestReport report(String provider) {
        SortedSet<String> symbols = new TreeSet<>();
        SortedSet<String> pinned = new TreeSet<>();
        holdings.forEach((topic, holding) -> {
            if (topic.instrument().provider().equals(provider) && holding.held()) {
                symbols.add(topic.instrument().symbol());
                if (holding.pinned()) {
                    pinned.add(topic.instrument().symbol());
                }
            }
        });
        return new InterestReport(symbols, pinned, sessions());
    }
}
