package io.tickmesh.upstream;

import io.tickmesh.market.Answer;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Kind;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a node that has too much unacknowledged: of each topic the newest answer, state and tick, of each feed
 * the newest status. So it is bounded by the topics that the node holds.
 */
final class Backlog {
    /** The most events that one topic has waiting. */
    static final int MOST_PER_TOPIC = 3;

    /** Private news that wait beside the newest; beyond that they are counted as conflated, and a gap is said. */
    static final int MOST_NOTICES = 256;

    private static final class Waiting {
        private @Nullable Answer answer;
        private @Nullable StateChange state;
        private @Nullable Tick tick;

        /** Private news before {@link #tick}: each of them counts. */
        private final Deque<Tick> earlier = new ArrayDeque<>(0);

        int size() {
            return (answer == null ? 0 : 1) + (state == null ? 0 : 1) + (tick == null ? 0 : 1) + earlier.size();
        }
    }

    private final Map<Topic, Waiting> topics = new LinkedHashMap<>();
    private final Map<String, FeedStatus> feeds = new LinkedHashMap<>();
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Events that wait. */
    int size() {
        return size;
    }

    /** Puts an event in the place of what it makes needless; tells whether that was a tick. */
    boolean put(PoolEvent event) {
        if (event instanceof FeedStatus status) {
            size += feeds.put(status.feed(), status) == null ? 1 : 0;
            return false;
        }
        if (event instanceof Tick tick) {
            Waiting waiting = of(tick.topic());
            @Nullable Tick before = waiting.tick;
            waiting.tick = tick;
            if (before != null && tick.topic().kind() == Kind.NOTICE && waiting.earlier.size() < MOST_NOTICES) {
                waiting.earlier.add(before);
                before = null;
            }
            size += before == null ? 1 : 0;
            return before != null;
        }
        return event instanceof Answer answer ? put(answer) : event instanceof StateChange change && put(change);
    }

    /** An answer says state and newest value itself. */
    private boolean put(Answer answer) {
        Waiting waiting = of(answer.topic());
        boolean replaced = waiting.tick != null;
        size -= waiting.size();
        waiting.answer = answer;
        waiting.state = null;
        waiting.tick = null;
        waiting.earlier.clear();
        size++;
        return replaced;
    }

    private boolean put(StateChange change) {
        Waiting waiting = of(change.topic());
        size += waiting.state == null ? 1 : 0;
        waiting.state = change;
        return false;
    }

    private Waiting of(Topic topic) {
        return topics.computeIfAbsent(topic, added -> new Waiting());
    }

    /** The node holds the topic no more. */
    void forget(Topic topic) {
        @Nullable Waiting waiting = topics.remove(topic);
        if (waiting != null) {
            size -= waiting.size();
        }
    }

    /** Takes what has waited longest; a topic's events stay together, its answer first and its tick last. */
    List<PoolEvent> take(int most) {
        List<PoolEvent> taken = new ArrayList<>(Math.min(most, size));
        Iterator<FeedStatus> statuses = feeds.values().iterator();
        while (statuses.hasNext() && taken.size() < most) {
            taken.add(statuses.next());
            statuses.remove();
        }
        Iterator<Waiting> waitings = topics.values().iterator();
        while (waitings.hasNext() && taken.size() + MOST_PER_TOPIC <= most) {
            Waiting waiting = waitings.next();
            add(taken, waiting.answer);
            add(taken, waiting.state);
            taken.addAll(waiting.earlier);
            add(taken, waiting.tick);
            waitings.remove();
        }
        size -= taken.size();
        return taken;
    }

    private static void add(List<PoolEvent> events, @Nullable PoolEvent event) {
        if (event != null) {
            events.add(event);
        }
    }

    void clear() {
        topics.clear();
        feeds.clear();
        size = 0;
    }
}
