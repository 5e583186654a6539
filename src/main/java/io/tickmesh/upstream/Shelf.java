package io.tickmesh.upstream;

import io.tickmesh.bus.StoreResult;
import io.tickmesh.bus.StoreWrite;
import io.tickmesh.bus.StoreWrite.Line;
import io.tickmesh.market.History;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a pool is to be stored for later owners, and what earlier ones have stored. Of a topic it notes only that there
 * is something new: what is written when its turn comes is the newest value of that moment, and the history that its ring
 * still has. So a store that is slow or away costs no memory but the names of topics, and a tick costs a look at a flag.
 * Pure bookkeeping: no bus, no clock.
 */
final class Shelf {
    static final int MOST_LINES = 250;
    static final int MOST_TICKS = 4_000;
    static final int MOST_DUE = 100_000;

    private final boolean used;
    private final Map<Topic, Tick> stored = new HashMap<>();
    private final Set<Topic> due = new LinkedHashSet<>();
    private final List<Sent> sent = new ArrayList<>();
    private @Nullable PoolTopics topics;
    private long epoch;
    private long skipped;

    /** Where a topic of this epoch stood when it was sent; 0 for one of an earlier epoch. */
    private record Sent(Topic topic, long seq) {}

    private Shelf(boolean used) {
        this.used = used;
    }

    /** One that nothing is put on. */
    static Shelf none() {
        return new Shelf(false);
    }

    static Shelf empty() {
        return new Shelf(true);
    }

    /** From now on it is about the topics of another epoch. */
    void begin(long newEpoch, PoolTopics ofEpoch) {
        epoch = newEpoch;
        topics = ofEpoch;
        due.clear();
        sent.clear();
    }

    /** Keeps what earlier owners stored, in place of what was kept so. */
    void remember(List<Tick> values) {
        stored.clear();
        values.forEach(tick -> stored.put(tick.topic(), tick));
    }

    /** What an earlier owner told last of a topic. */
    @Nullable
    Tick recall(Topic topic) {
        @Nullable Tick tick = stored.get(topic);
        return tick == null || tick.epoch() >= epoch ? null : tick;
    }

    /** There is a tick of a topic. Private news are nobody else's to keep. */
    void onTick(TopicLine line) {
        if (used && !line.due && line.topic.kind() != Kind.NOTICE) {
            line.due = true;
            put(line.topic);
        }
    }

    private void put(Topic topic) {
        if (due.add(topic) && due.size() > MOST_DUE) {
            Topic first = due.iterator().next();
            due.remove(first);
            @Nullable TopicLine line = find(first);
            if (line != null) {
                line.due = false;
            }
            skipped++;
        }
    }

    private @Nullable TopicLine find(Topic topic) {
        return topics == null ? null : topics.book.find(topic);
    }

    /** The next to be written, perhaps nothing; its result is to be told before the next is taken. */
    StoreWrite take(String pool) {
        List<Line> lines = new ArrayList<>();
        List<Topic> taken = new ArrayList<>();
        int ticks = 0;
        for (Topic topic : due) {
            if (lines.size() == MOST_LINES || ticks >= MOST_TICKS) {
                break;
            }
            taken.add(topic);
            @Nullable Line line = line(topic);
            if (line != null) {
                lines.add(line);
                ticks += line.history().size();
                sent.add(new Sent(
                        topic, line.newest().epoch() == epoch ? line.newest().seq() : 0));
            }
        }
        taken.forEach(due::remove);
        return new StoreWrite(pool, epoch, lines);
    }

    private @Nullable Line line(Topic topic) {
        @Nullable TopicLine line = find(topic);
        @Nullable Tick newest = line == null ? stored.get(topic) : line.newest();
        if (line != null) {
            line.due = false;
        }
        if (newest == null) {
            return null;
        }
        return new Line(newest, line == null || topics == null ? List.of() : unwritten(line, newest, topics.history));
    }

    private List<Tick> unwritten(TopicLine line, Tick newest, History history) {
        if (newest.epoch() != epoch || !History.keeps(newest)) {
            return List.of();
        }
        List<Tick> ticks = history.since(line.topic, epoch, line.storedSeq);
        if (line.storedSeq > 0) {
            skipped += newest.seq() - line.storedSeq - ticks.size();
        }
        return ticks;
    }

    void onResult(StoreResult result) {
        List<Sent> done = List.copyOf(sent);
        sent.clear();
        boolean written = result == StoreResult.WRITTEN || result == StoreResult.FORGOTTEN;
        for (Sent each : done) {
            @Nullable TopicLine line = find(each.topic);
            if (!written) {
                put(each.topic);
            } else if (line != null) {
                line.storedSeq = Math.max(line.storedSeq, each.seq);
            }
        }
        if (result == StoreResult.FORGOTTEN) {
            putAll(done);
        }
    }

    /** All but what was just written. */
    private void putAll(List<Sent> done) {
        Set<Topic> fresh = new LinkedHashSet<>();
        done.forEach(each -> fresh.add(each.topic));
        if (topics != null) {
            for (TopicLine line : topics.book.lines()) {
                if (line.topic.kind() != Kind.NOTICE && !fresh.contains(line.topic)) {
                    line.storedSeq = 0;
                    put(line.topic);
                }
            }
        }
        stored.keySet().stream().filter(topic -> !fresh.contains(topic)).forEach(this::put);
    }

    /** Topics that wait. */
    int waiting() {
        return due.size();
    }

    /** How many topics found no room to wait since this was last asked. */
    long takeSkipped() {
        long count = skipped;
        skipped = 0;
        return count;
    }
}
