package io.tickmesh.cache;

import io.tickmesh.market.Quote;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last trades and quotes of each topic (of the other kinds the newest says all, or is nobody's to repeat), in rings that together stay within a number of bytes; where they do not fit, the
 * oldest of all goes first.
 */
final class History {
    /** What one kept tick costs, measured as the tick, its decimals and its place in the ring. */
    static final int BYTES_PER_TICK = 240;

    private final int ringSize;
    private final long most;
    private final Map<Topic, Deque<Kept>> rings = new HashMap<>();
    private final Kept ends = new Kept(null);
    private long kept;

    /** A tick in the ring of its topic and in the line of all ticks by age. */
    private static final class Kept {
        private final @Nullable Tick tick;
        private Kept older = this;
        private Kept newer = this;

        Kept(@Nullable Tick tick) {
            this.tick = tick;
        }
    }

    History(int ringSize, long bytes) {
        this.ringSize = ringSize;
        this.most = bytes / BYTES_PER_TICK;
    }

    void add(Tick tick) {
        if (most == 0 || !(tick instanceof Trade || tick instanceof Quote)) {
            return;
        }
        Deque<Kept> ring = rings.computeIfAbsent(tick.topic(), fresh -> new ArrayDeque<>());
        if (ring.size() == ringSize) {
            dropOldest(ring);
        }
        if (kept == most) {
            dropOldest();
        }
        Kept newest = new Kept(tick);
        newest.older = ends.older;
        newest.newer = ends;
        ends.older.newer = newest;
        ends.older = newest;
        rings.computeIfAbsent(tick.topic(), fresh -> new ArrayDeque<>()).addLast(newest);
        kept++;
    }

    private void dropOldest() {
        Tick oldest = ends.newer.tick;
        if (oldest == null) {
            return;
        }
        Deque<Kept> ring = rings.get(oldest.topic());
        if (ring != null) {
            dropOldest(ring);
            if (ring.isEmpty()) {
                rings.remove(oldest.topic());
            }
        }
    }

    private void dropOldest(Deque<Kept> ring) {
        Kept oldest = ring.removeFirst();
        oldest.older.newer = oldest.newer;
        oldest.newer.older = oldest.older;
        kept--;
    }

    /** Forgets a topic: what follows is not a continuation. */
    void clear(Topic topic) {
        Deque<Kept> ring = rings.remove(topic);
        while (ring != null && !ring.isEmpty()) {
            dropOldest(ring);
        }
    }

    /** The kept ticks of a topic, oldest first. */
    List<Tick> of(Topic topic) {
        List<Tick> ticks = new ArrayList<>();
        Deque<Kept> ring = rings.get(topic);
        if (ring != null) {
            for (Kept each : ring) {
                if (each.tick != null) {
                    ticks.add(each.tick);
                }
            }
        }
        return ticks;
    }

    long kept() {
        return kept;
    }
}
