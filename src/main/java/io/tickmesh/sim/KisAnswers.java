package io.tickmesh.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Answers on their way: in the order of what they answer, each a little later. */
final class KisAnswers {
    private static final int MOST = 5_000;

    /** An answer and what happens right behind it. */
    record Answer(long dueAt, String text, Runnable after) {}

    private final Deque<Answer> waiting = new ArrayDeque<>();
    private final long luck;
    private long count;
    private long lastDueAt;

    KisAnswers(long luck) {
        this.luck = luck;
    }

    void add(String text, Runnable after, KisSessionSettings rules, long now) {
        long latency = rules.ackMinMs() + Hash.below(Hash.mix(luck, count++), 1L + rules.ackMaxMs() - rules.ackMinMs());
        lastDueAt = Math.max(lastDueAt, now + latency);
        waiting.add(new Answer(lastDueAt, text, after));
    }

    /** The next answer if its time has come, taken off. */
    @Nullable
    Answer takeDue(long now) {
        @Nullable Answer next = waiting.peek();
        return next != null && next.dueAt() <= now ? waiting.remove() : null;
    }

    /** Whether the client asks faster than it reads. */
    boolean isOverfull() {
        return waiting.size() > MOST;
    }
}
