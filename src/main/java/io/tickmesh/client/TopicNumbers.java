package io.tickmesh.client;

import io.tickmesh.market.Topic;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Short names for the topics that sessions of this node hold: the same on all its event loops, kept as long as one of them
 * holds the topic, and never given to another.
 */
public final class TopicNumbers {
    private final ConcurrentMap<Topic, Held> held = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Topic> topics = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    private record Held(long number, int loops) {}

    /** The number of a topic that an event loop takes up. */
    long acquire(Topic topic) {
        return held.compute(topic, this::acquired).number;
    }

    private Held acquired(Topic topic, @Nullable Held before) {
        if (before != null) {
            return new Held(before.number, before.loops + 1);
        }
        long number = last.incrementAndGet();
        topics.put(number, topic);
        return new Held(number, 1);
    }

    void release(Topic topic) {
        held.computeIfPresent(topic, this::released);
    }

    private @Nullable Held released(Topic topic, Held before) {
        if (before.loops > 1) {
            return new Held(before.number, before.loops - 1);
        }
        topics.remove(before.number);
        return null;
    }

    /** The topic of a number; null if no session holds one of that number. */
    public @Nullable Topic topicOf(long number) {
        return topics.get(number);
    }
}
