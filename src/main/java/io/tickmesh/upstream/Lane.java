package io.tickmesh.upstream;

import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * What one node is told, in order: the events of this turn, and beyond a cap of unacknowledged ones the newest of each
 * topic, which waits. The bus has no back-pressure: without the cap a frozen node would fill the memory of the owner.
 */
final class Lane {
    static final int MOST_BATCHES = 512;
    static final int MOST_EVENTS = 8_192;
    static final int MOST_IN_A_BATCH = 2_048;

    /** On the owner's own node events go by reference and freeze with their owner: a burst may pass as a whole. */
    static final int MOST_BATCHES_HERE = 8_192;

    static final int MOST_EVENTS_HERE = 131_072;
    private static final int MOST_EXPECTED = 256;
    private static final long REFRESH_PAUSE = 1_000_000_000L;

    final String node;
    private final Outbox outbox;
    private final Backlog backlog = new Backlog();
    private final int mostEvents;
    private final long[] sentUpTo;
    private List<PoolEvent> events = new ArrayList<>();
    private boolean due;
    private boolean open = true;
    private boolean spoke;
    private long number;
    private long acknowledged;
    private long sent;
    private long arrived;
    private long refreshedFrom;
    private long refreshedAt;
    private boolean refreshed;
    private boolean refreshDue;

    /** A lane to a node; {@code here} if it is the owner's own. */
    Lane(String node, Outbox outbox, boolean here) {
        this.node = node;
        this.outbox = outbox;
        this.mostEvents = here ? MOST_EVENTS_HERE : MOST_EVENTS;
        this.sentUpTo = new long[here ? MOST_BATCHES_HERE : MOST_BATCHES];
    }

    void add(PoolEvent event) {
        if (!open) {
            return;
        }
        if (backlog.isEmpty()) {
            events.add(event);
            becomeDue();
        } else {
            await(event);
        }
    }

    private void await(PoolEvent event) {
        if (backlog.put(event)) {
            outbox.onConflated();
        }
    }

    private void becomeDue() {
        if (!due) {
            due = true;
            outbox.onDue(this);
        }
    }

    /** The node holds the topic no more: nothing of it needs to wait. */
    void forget(Topic topic) {
        if (!backlog.isEmpty()) {
            backlog.forget(topic);
        }
    }

    /** Sends what is there, as far as the node may have it. */
    void flush(Outbox.Sender sender) {
        due = false;
        if (!events.isEmpty()) {
            List<PoolEvent> taken = events;
            events = new ArrayList<>(Math.min(taken.size(), MOST_EXPECTED));
            if (taken.size() <= room()) {
                send(taken, sender);
            } else {
                sendInParts(taken, sender);
            }
        }
        while (!backlog.isEmpty() && room() >= Backlog.MOST_PER_TOPIC) {
            send(backlog.take(room()), sender);
        }
    }

    private void sendInParts(List<PoolEvent> taken, Outbox.Sender sender) {
        int from = 0;
        for (int room = room(); room > 0 && from < taken.size(); room = room()) {
            int to = Math.min(taken.size(), from + room);
            send(new ArrayList<>(taken.subList(from, to)), sender);
            from = to;
        }
        taken.subList(from, taken.size()).forEach(this::await);
    }

    /** Events that may go in the next batch. */
    private int room() {
        if (number - acknowledged >= sentUpTo.length) {
            return 0;
        }
        return (int) Math.max(0, Math.min(MOST_IN_A_BATCH, mostEvents - (sent - arrived)));
    }

    private void send(List<PoolEvent> batch, Outbox.Sender sender) {
        spoke = true;
        number++;
        sent += batch.size();
        sentUpTo[(int) (number % sentUpTo.length)] = sent;
        sender.send(node, outbox.batch(number, batch));
    }

    /** Repeats the number of the last batch if nothing was sent since the last call, so that a loss is noticed. */
    void pulse(Outbox.Sender sender) {
        if (open && !spoke && number > 0) {
            sender.send(node, outbox.batch(number, List.of()));
        }
        spoke = false;
    }

    /** The node has received up to a batch; {@code missed} if not all of them. */
    void onReceipt(long upTo, boolean missed, long now) {
        if (!open || upTo > number) {
            return;
        }
        if (upTo > acknowledged) {
            acknowledged = upTo;
            arrived = sentUpTo[(int) (upTo % sentUpTo.length)];
        }
        // What was missed before the last refresh is on its way; only if it does not come it is told again.
        boolean answered = refreshed && upTo < refreshedFrom && now - refreshedAt < REFRESH_PAUSE;
        refreshDue |= missed && !answered;
        if (!backlog.isEmpty()) {
            becomeDue();
        }
    }

    /**
     * Whether everything that the node holds is to be told again now, at most once a second. What was sent so far counts
     * as arrived then: the answers stand in for what was lost.
     */
    boolean takeRefresh(long now) {
        if (!refreshDue || (refreshed && now - refreshedAt < REFRESH_PAUSE)) {
            return false;
        }
        refreshDue = false;
        refreshed = true;
        refreshedAt = now;
        refreshedFrom = number + 1;
        acknowledged = number;
        arrived = sent;
        return true;
    }

    /** The node has left: nothing waits for it, and nothing is sent. */
    void close() {
        open = false;
        events = new ArrayList<>();
        backlog.clear();
        acknowledged = number;
        arrived = sent;
        refreshDue = false;
    }

    void open() {
        open = true;
    }

    boolean isOpen() {
        return open;
    }

    long inFlight() {
        return sent - arrived;
    }

    int waiting() {
        return backlog.size();
    }
}
