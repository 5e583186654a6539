package io.tickmesh;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the clients of a seam test saw together. Written by their event loop, read by anybody. */
final class SeamTally {
    private static final Logger LOG = LoggerFactory.getLogger(SeamTally.class);
    private static final int MOST_TOLD = 20;

    /** So many positions of a topic are remembered, a power of two. */
    private static final int REMEMBERED = 4_096;

    private static final int COLUMNS = 3;

    /** What is counted beside deliveries and violations. */
    enum Count {
        SUBSCRIBED,
        REFUSED,
        UNSUBSCRIBED,
        SNAPSHOTS,
        RESUMED,
        MISSED,
        /** Told at once: another owner, another epoch. */
        RESETS,
        /** Of a topic that was resumed and could not go on where it was. */
        RESTARTS,
        /** A topic that never came to the position that it was resumed at, and said so. */
        REWINDS,
        GAPS,
        CONFLATED,
        CONNECTED,
        CONNECTIONS_LOST
    }

    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();
    private final Map<Count, AtomicLong> counts = new EnumMap<>(Count.class);
    private final List<String> told = new ArrayList<>();
    private final Map<String, long[]> values = new HashMap<>();

    SeamTally() {
        for (Count count : Count.values()) {
            counts.put(count, new AtomicLong());
        }
    }

    void add(Count count) {
        add(count, 1);
    }

    void add(Count count, long more) {
        counter(count).addAndGet(more);
    }

    long of(Count count) {
        return counter(count).get();
    }

    private AtomicLong counter(Count count) {
        return Objects.requireNonNull(counts.get(count));
    }

    void delivered() {
        deliveries.incrementAndGet();
    }

    /** How many ticks came, at all clients together. */
    long deliveries() {
        return deliveries.get();
    }

    void violation(String text) {
        LOG.warn("violation: {}", text);
        violations.incrementAndGet();
        synchronized (told) {
            if (told.size() < MOST_TOLD) {
                told.add(text);
            }
        }
    }

    long violations() {
        return violations.get();
    }

    /** The first of them. */
    List<String> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    /** Whether whoever had that position had the same value there, told by the time it was received at. */
    boolean agrees(String topic, long epoch, long seq, long received) {
        long[] table = values.computeIfAbsent(topic, fresh -> new long[REMEMBERED * COLUMNS]);
        int row = (int) (seq & (REMEMBERED - 1)) * COLUMNS;
        if (table[row] == epoch && table[row + 1] == seq) {
            return table[row + 2] == received;
        }
        table[row] = epoch;
        table[row + 1] = seq;
        table[row + 2] = received;
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(deliveries()).append(" deliveries");
        counts.forEach(
                (count, number) -> text.append(", ").append(number).append(' ').append(wordOf(count)));
        return text.append(", ").append(violations()).append(" violations").toString();
    }

    private static String wordOf(Count count) {
        return count.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
