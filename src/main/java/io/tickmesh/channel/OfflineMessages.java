package io.tickmesh.channel;

import io.netty.buffer.ByteBufUtil;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.OfflineFound;
import io.tickmesh.bus.OfflineFound.Entry;
import io.tickmesh.bus.OfflineQuery;
import io.tickmesh.bus.OfflineRemoval;
import io.tickmesh.bus.OfflineWrite;
import io.tickmesh.bus.OfflineWritten;
import io.tickmesh.bus.Reached;
import io.tickmesh.bus.StoreResult;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Messages for users of whom no client is connected: stored, and handed to the first that comes.
 *
 * <p>What concerns a user whose messages are being stored or handed out is done one after another, so they stay in order and
 * what is sent meanwhile comes behind them. They are removed when they were handed over: who dies in between hands them over
 * again.
 */
final class OfflineMessages {
    /** A larger one is not stored: nobody bounds how many users there are. */
    static final int MOST_BYTES = 65_536;

    private static final int PAGE = 20;
    private static final int USERS_AT_ONCE = 16;

    private final int most;
    private final long expiryMillis;
    private final NodeBus bus;
    private final Metrics metrics;
    private final Map<String, Deque<Supplier<Future<?>>>> turns = new HashMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private int running;
    private boolean choosing;

    OfflineMessages(ChannelsConfig config, NodeBus bus, Metrics metrics) {
        this.most = config.offlineMessages();
        this.expiryMillis = config.offlineExpiry().toMillis();
        this.bus = bus;
        this.metrics = metrics;
    }

    /** Whether anything is under way for a user. */
    boolean isBusy(String user) {
        return turns.containsKey(user);
    }

    /** Does something for a user when all is done that was to be done before. */
    <T> Future<T> inTurn(String user, Supplier<Future<T>> task) {
        Promise<T> promise = Promise.promise();
        Deque<Supplier<Future<?>>> turn = turns.computeIfAbsent(user, name -> new ArrayDeque<>());
        turn.add(() -> task.get().onComplete(promise));
        if (turn.size() == 1) {
            waiting.add(user);
            runNext();
        }
        return promise.future();
    }

    private void runNext() {
        if (choosing) {
            return;
        }
        choosing = true;
        while (running < USERS_AT_ONCE && !waiting.isEmpty()) {
            String user = waiting.remove();
            running++;
            turns.getOrDefault(user, new ArrayDeque<>()).element().get().onComplete(done -> onDone(user));
        }
        choosing = false;
    }

    private void onDone(String user) {
        running--;
        Deque<Supplier<Future<?>>> turn = turns.getOrDefault(user, new ArrayDeque<>());
        turn.remove();
        if (turn.isEmpty()) {
            turns.remove(user);
        } else {
            waiting.add(user);
        }
        runNext();
    }

    /** To be called in turn. */
    Future<Reached> store(String user, String json) {
        Future<OfflineWritten> written = ByteBufUtil.utf8Bytes(json) > MOST_BYTES
                ? Future.succeededFuture(new OfflineWritten(false, 0))
                : bus.<OfflineWritten>request(Addresses.STORE_OFFLINE, new OfflineWrite(user, json, most, expiryMillis))
                        .map(Message::body)
                        .otherwise(new OfflineWritten(false, 0));
        return written.map(result -> {
            metrics.counter(Count.CHANNEL_OFFLINE_DROPPED).increment(result.stored() ? result.dropped() : 1);
            metrics.counter(Count.CHANNEL_OFFLINE_STORED).increment(result.stored() ? 1 : 0);
            return new Reached(0, result.stored() ? 1 : 0);
        });
    }

    /** To be called in turn: hands all that is stored over, in order, as long as it reaches anyone. */
    Future<?> handOver(String user, Function<String, Future<Integer>> delivery) {
        return bus.<OfflineFound>request(Addresses.STORE_OFFLINE, new OfflineQuery(user, PAGE, expiryMillis))
                .map(Message::body)
                .compose(found -> found.entries().isEmpty()
                        ? Future.succeededFuture()
                        : handOver(user, found.entries(), delivery));
    }

    private Future<?> handOver(String user, List<Entry> entries, Function<String, Future<Integer>> delivery) {
        List<String> delivered = new ArrayList<>();
        return deliver(new ArrayDeque<>(entries), delivered, delivery)
                .transform(done -> remove(user, delivered))
                .compose(result -> result == StoreResult.WRITTEN && delivered.size() == entries.size()
                        ? handOver(user, delivery).mapEmpty()
                        : Future.succeededFuture());
    }

    private Future<?> deliver(
            Deque<Entry> entries, List<String> delivered, Function<String, Future<Integer>> delivery) {
        Entry next = entries.poll();
        if (next == null) {
            return Future.succeededFuture();
        }
        return delivery.apply(next.json()).compose(reached -> {
            if (reached == 0) {
                return Future.succeededFuture();
            }
            delivered.add(next.id());
            return deliver(entries, delivered, delivery).mapEmpty();
        });
    }

    private Future<StoreResult> remove(String user, List<String> delivered) {
        metrics.counter(Count.CHANNEL_OFFLINE_DELIVERED).increment(delivered.size());
        return delivered.isEmpty()
                ? Future.succeededFuture(StoreResult.WRITTEN)
                : bus.<StoreResult>request(Addresses.STORE_OFFLINE, new OfflineRemoval(user, delivered))
                        .map(Message::body)
                        .otherwise(StoreResult.FAILED);
    }
}
