package io.tickmesh.market;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last trades and quotes of each topic (of the other kinds the newest says all, or is nobody's to repeat), in rings
 * that together stay within a number of bytes; where they do not fit, the oldest of all goes first.
 */
public final class History {
    /** How many ticks of a topic are kept at most. */
    public static final int RING = 256;

    /** What one kept tick costs, measured as the tick, its decimals and its place in the ring. */
    public static final int BYTES_PER_TICK = 240;

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

        void standBehind(Kept before) {
            older = before;
            newer = before.newer;
            before.newer.older = this;
            before.newer = this;
        }
    }

    public History(int ringSize, long bytes) {
        this.ringSize = ringSize;
        this.most = bytes / BYTES_PER_TICK;
    }

    /** Keeps a tick that follows those of its topic that are kept. */
    public void add(Tick tick) {
        if (most == 0 || !keeps(tick)) {
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
        newest.standBehind(ends.older);
        rings.computeIfAbsent(tick.topic(), fresh -> new ArrayDeque<>()).addLast(newest);
        kept++;
    }

    /** Whether it is of a kind of which more than the newest is kept. */
    public static boolean keeps(Tick tick) {
        return tick instanceof Trade || tick instanceof Quote;
    }

    /** Keeps ticks of a topic that came before those that are kept, as far as there is room; nothing goes for them. */
    public void addEarlier(List<Tick> ticks) {
        for (int i = ticks.size() - 1; i >= 0 && kept < most; i--) {
            Tick tick = ticks.get(i);
            Deque<Kept> ring = rings.computeIfAbsent(tick.topic(), fresh -> new ArrayDeque<>());
            if (!keeps(tick) || ring.size() == ringSize || !precedes(tick, ring)) {
                return;
            }
            Kept oldest = new Kept(tick);
            oldest.standBehind(ends);
            ring.addFirst(oldest);
            kept++;
        }
    }

    private static boolean precedes(Tick tick, Deque<Kept> ring) {
        Tick first = ring.isEmpty() ? null : ring.getFirst().tick;
        return first != null && first.epoch() == tick.epoch() && first.seq() == tick.seq() + 1;
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
    public void clear(Topic topic) {
        Deque<Kept> ring = rings.remove(topic);
        while (ring != null && !ring.isEmpty()) {
            dropOldest(ring);
        }
    }

    /** The kept ticks of a topic, oldest first. */
    public List<Tick> of(Topic topic) {
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

    /** The kept ticks of a topic and an epoch that are numbered above {@code seq}, oldest first. */
    public List<Tick> since(Topic topic, long epoch, long seq) {
        Deque<Kept> ring = rings.get(topic);
        if (ring == null) {
            return List.of();
        }
        Deque<Tick> ticks = new ArrayDeque<>();
        for (Iterator<Kept> newestFirst = ring.descendingIterator(); newestFirst.hasNext(); ) {
            Tick tick = newestFirst.next().tick;
            if (tick == null || tick.epoch() != epoch || tick.seq() <= seq) {
                break;
            }
            ticks.addFirst(tick);
        }
        return List.copyOf(ticks);
    }

    public long kept() {
        return kept;
    }

    /** All that followed a position, oldest first; null where what is kept does not reach back so far. */
    public @Nullable List<Tick> after(Position position) {
        List<Tick> ticks = new ArrayList<>();
        Deque<Kept> ring = rings.get(position.topic());
        long next = position.seq() + 1;
        if (ring != null) {
            for (Kept each : ring) {
                Tick tick = each.tick;
                if (tick != null && tick.epoch() == position.epoch() && tick.seq() == next) {
                    ticks.add(tick);
                    next++;
                } else if (tick == null || tick.epoch() != position.epoch() || tick.seq() > next) {
                    return null;
                }
            }
        }
        return ticks.isEmpty() ? null : ticks;
    }
}
