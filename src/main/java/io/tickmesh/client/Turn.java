package io.tickmesh.client;

import java.util.ArrayList;
import java.util.List;

/**
 * What is left to do at the end of an event-loop turn, or a little later where the loop has much to flush: one flush per
 * session that was written to, and whatever else asked to run once.
 */
final class Turn {
    /** Runs a task on the event loop after what is running now, at the earliest after so many milliseconds. */
    interface Later {
        void run(long millis, Runnable task);
    }

    private final Later later;
    private final Coalescing coalescing;
    private final Runnable before;
    private final Runnable after;
    private final Runnable end = this::end;
    private List<Session> toFlush = new ArrayList<>();
    private List<Session> flushing = new ArrayList<>();
    private boolean scheduled;

    /**
     * The turns of one event loop.
     *
     * @param before runs ahead of the flushes of each turn
     * @param after runs behind them
     */
    Turn(Later later, Coalescing coalescing, Runnable before, Runnable after) {
        this.later = later;
        this.coalescing = coalescing;
        this.before = before;
        this.after = after;
    }

    Coalescing coalescing() {
        return coalescing;
    }

    void flushLater(Session session) {
        toFlush.add(session);
        endSoon();
    }

    /** Makes sure that {@link #end} runs soon. */
    void endSoon() {
        if (!scheduled) {
            scheduled = true;
            later.run(coalescing.waitMillis(System.nanoTime()), end);
        }
    }

    void end() {
        scheduled = false;
        before.run();
        List<Session> now = toFlush;
        toFlush = flushing;
        flushing = now;
        long nanoTime = System.nanoTime();
        coalescing.flushing(nanoTime);
        for (Session session : now) {
            session.flush(nanoTime);
        }
        now.clear();
        after.run();
    }
}
