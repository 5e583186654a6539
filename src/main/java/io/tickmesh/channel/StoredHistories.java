package io.tickmesh.channel;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.ChannelEvent.Numbered;
import io.tickmesh.bus.ChannelQuery;
import io.tickmesh.bus.ChannelWrite;
import io.tickmesh.bus.ChannelWritten;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.StoreResult;
import io.tickmesh.bus.StoredChannel;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Histories that outlive the nodes: what a home keeps is written behind, and a channel that it has nothing of is read before
 * it goes on.
 *
 * <p>What waits to be written are names of channels; when the turn of one comes, what is still kept of it goes. So a store
 * that is slow or away costs no memory, and the newest messages win. A home that is killed has not written the last of what
 * it told: its heir goes on far above, and whoever resumes across that is told of the hole.
 */
final class StoredHistories implements Histories.Keeper {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int WRITES_AT_ONCE = 8;
    private static final int READS_AT_ONCE = 32;
    private static final int MESSAGES_PER_WRITE = 500;
    private static final long BYTES_PER_WRITE = 1 << 20;
    private static final StoredChannel NOTHING = new StoredChannel(0, false, List.of());

    private final Histories histories;
    private final int most;
    private final NodeBus bus;
    private final BiConsumer<Duration, Runnable> later;
    private final Metrics metrics;
    private final Map<String, Deque<Runnable>> opening = new HashMap<>();
    private final Deque<String> toRead = new ArrayDeque<>();
    private final Set<String> toWrite = new LinkedHashSet<>();
    private int reading;
    private int waiting;
    private boolean turnIsSet;

    StoredHistories(Histories histories, int most, NodeBus bus, BiConsumer<Duration, Runnable> later, Metrics metrics) {
        this.histories = histories;
        this.most = most;
        this.bus = bus;
        this.later = later;
        this.metrics = metrics;
    }

    /** How many tasks wait for channels to be read. */
    int waiting() {
        return waiting;
    }

    /** Whether a task of a channel may run now: it is known what was said before, and no other task waits for that. */
    boolean isOpen(String channel) {
        return histories.has(channel) && !opening.containsKey(channel);
    }

    /** Runs a task, in the order of calls, when what is stored of a channel was read, or cannot be. */
    void open(String channel, Runnable task) {
        Deque<Runnable> before = opening.get(channel);
        waiting++;
        if (before != null) {
            before.add(task);
            return;
        }
        opening.put(channel, new ArrayDeque<>(List.of(task)));
        toRead.add(channel);
        readNext();
    }

    private void readNext() {
        while (reading < READS_AT_ONCE) {
            @Nullable String channel = toRead.poll();
            if (channel == null) {
                return;
            }
            reading++;
            bus.<StoredChannel>request(Addresses.STORE_CHANNELS, new ChannelQuery(channel, most))
                    .map(Message::body)
                    .otherwise(NOTHING)
                    .onSuccess(stored -> onRead(channel, stored));
        }
    }

    private void onRead(String channel, StoredChannel stored) {
        reading--;
        histories.open(channel, stored);
        Deque<Runnable> tasks = opening.remove(channel);
        if (tasks != null) {
            waiting -= tasks.size();
            tasks.forEach(Runnable::run);
        }
        readNext();
    }

    @Override
    public void onChange(String channel) {
        toWrite.add(channel);
        setTurn(PAUSE);
    }

    @Override
    public void onLost(int messages) {
        metrics.counter(Count.CHANNEL_HISTORY_SKIPPED).increment(messages);
    }

    private void setTurn(Duration pause) {
        if (!turnIsSet) {
            turnIsSet = true;
            later.accept(pause, this::turn);
        }
    }

    private void turn() {
        toWrite.removeIf(channel -> !histories.has(channel));
        List<String> due = List.copyOf(toWrite);
        writeAll(new ArrayDeque<>(due), false).onComplete(done -> {
            turnIsSet = false;
            if (!toWrite.isEmpty()) {
                setTurn(done.succeeded() ? PAUSE : PAUSE_AFTER_FAILURE);
            }
        });
    }

    /** Fails with the first that fails; the rest is left then. */
    private Future<@Nullable Void> writeAll(Deque<String> channels, boolean end) {
        List<Future<@Nullable Void>> lanes = new ArrayList<>();
        for (int i = 0; i < WRITES_AT_ONCE; i++) {
            Promise<@Nullable Void> lane = Promise.promise();
            lanes.add(lane.future());
            writeNext(channels, end, lane);
        }
        return Future.join(lanes).mapEmpty();
    }

    private void writeNext(Deque<String> channels, boolean end, Promise<@Nullable Void> lane) {
        @Nullable String channel = channels.poll();
        if (channel == null) {
            lane.complete();
            return;
        }
        write(channel, end).onSuccess(done -> writeNext(channels, end, lane)).onFailure(cause -> {
            channels.clear();
            lane.fail(cause);
        });
    }

    /** With no messages due it finds out whether what was written is still there. */
    private Future<@Nullable Void> write(String channel, boolean end) {
        if (!histories.has(channel)) {
            return Future.succeededFuture();
        }
        toWrite.remove(channel);
        List<Numbered> all = histories.unwritten(channel, MESSAGES_PER_WRITE);
        List<Numbered> part = all.subList(0, fitting(all));
        Histories.Kept kept = histories.of(channel);
        if (kept.messages().isEmpty()) {
            return Future.succeededFuture();
        }
        boolean whole = part.isEmpty()
                || part.get(part.size() - 1).number()
                        == kept.messages().get(kept.messages().size() - 1).number();
        ChannelWrite write = new ChannelWrite(
                channel,
                histories.written(channel),
                part,
                Math.max(1, kept.messages().size()),
                end && whole ? kept.last() : 0);
        return bus.<ChannelWritten>request(Addresses.STORE_CHANNELS, write)
                .map(Message::body)
                .compose(written -> onWritten(channel, written, whole))
                .onFailure(cause -> toWrite.add(channel))
                .compose(again -> again ? write(channel, end) : Future.succeededFuture());
    }

    private static int fitting(List<Numbered> messages) {
        long bytes = 0;
        int fitting = 0;
        while (fitting < messages.size() && (fitting == 0 || bytes < BYTES_PER_WRITE)) {
            bytes += messages.get(fitting).json().length();
            fitting++;
        }
        return fitting;
    }

    /** Whether there is more to be written at once. */
    private Future<Boolean> onWritten(String channel, ChannelWritten written, boolean whole) {
        if (written.result() == StoreResult.FAILED) {
            return Future.failedFuture("not stored");
        }
        histories.onWritten(channel, written.last());
        return Future.succeededFuture(written.result() == StoreResult.FORGOTTEN || !whole);
    }

    /** The store can be asked again: whether it still has what it was told is found out, and what it lacks is told. */
    void onStoreUp() {
        toWrite.addAll(histories.channels());
        if (!toWrite.isEmpty()) {
            setTurn(PAUSE);
        }
    }

    /** Writes all that is not written yet; says that this was all, so that nothing need be taken for lost. */
    Future<?> end(boolean last) {
        Deque<String> channels = new ArrayDeque<>();
        for (String channel : histories.channels()) {
            if (!histories.of(channel).messages().isEmpty()) {
                channels.add(channel);
            }
        }
        return writeAll(channels, last);
    }
}
