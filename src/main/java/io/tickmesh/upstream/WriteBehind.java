package io.tickmesh.upstream;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.HistoryAsk;
import io.tickmesh.bus.HistoryPage;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.StoreQuery;
import io.tickmesh.bus.StoreResult;
import io.tickmesh.bus.StoreWrite;
import io.tickmesh.bus.StoredValues;
import io.tickmesh.market.Position;
import io.tickmesh.market.Tick;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries the shelf of a pool to the store, one write at a time, while this node may act for the pool, and what earlier
 * owners stored back. What is not there in time is done without.
 */
final class WriteBehind {
    private static final long READ_MILLIS = 4_000;
    private static final long HISTORY_MILLIS = 1_500;
    private static final long READ_PAUSE = TimeUnit.SECONDS.toNanos(5);
    private static final long FAILED_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long FENCED_PAUSE = TimeUnit.SECONDS.toNanos(10);

    /** So often the store is asked whether it still has all, even if nothing is new. */
    private static final long IDLE_PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final Vertx vertx;
    private final String pool;
    private final Shelf shelf;
    private final Metrics metrics;
    private final BooleanSupplier holds;
    private boolean writing;
    private long notBefore = System.nanoTime();
    private long wroteAt = System.nanoTime();
    private long readAt = System.nanoTime() - READ_PAUSE;
    private @Nullable Promise<Void> flushed;
    private volatile int waiting;

    /** {@code holds} says whether this node may act for the pool now. */
    WriteBehind(Vertx vertx, String pool, Shelf shelf, Metrics metrics, BooleanSupplier holds) {
        this.vertx = vertx;
        this.pool = pool;
        this.shelf = shelf;
        this.metrics = metrics;
        this.holds = holds;
        metrics.gauge(Level.REDIS_WAITING, () -> waiting, pool);
    }

    private NodeBus bus() {
        return new NodeBus(vertx.eventBus());
    }

    /** Reads what was stored, then writes again and again. The future ends when that was read, or cannot be. */
    Future<?> start(Duration interval) {
        vertx.setPeriodic(interval.toMillis(), timer -> write());
        return recall();
    }

    /** Takes what is stored now for what is to be known when this node owns the pool. */
    Future<?> recall() {
        long now = System.nanoTime();
        if (now - readAt < READ_PAUSE) {
            return Future.succeededFuture();
        }
        readAt = now;
        return bus().<StoredValues>request(Addresses.STORE_VALUES, new StoreQuery(pool))
                .timeout(READ_MILLIS, TimeUnit.MILLISECONDS)
                .map(Message::body)
                .onSuccess(this::onRead)
                .otherwiseEmpty();
    }

    private void onRead(StoredValues stored) {
        if (!stored.values().isEmpty()) {
            shelf.remember(stored.values());
        }
    }

    private void write() {
        long now = System.nanoTime();
        if (writing || now - notBefore < 0 || !holds.getAsBoolean()) {
            return;
        }
        StoreWrite next = shelf.take(pool);
        if (!next.lines().isEmpty() || now - wroteAt >= IDLE_PAUSE) {
            write(next, now);
        }
    }

    private void write(StoreWrite next, long now) {
        writing = true;
        wroteAt = now;
        bus().<StoreResult>request(Addresses.STORE_VALUES, next).onComplete(answer -> {
            writing = false;
            onResult(answer.succeeded() ? answer.result().body() : StoreResult.FAILED);
        });
    }

    /** Writes what is left of an epoch that ends in order. That it has ended does not matter: the store knows who is later. */
    Future<Void> flush() {
        if (flushed == null) {
            flushed = Promise.promise();
        }
        Future<Void> done = flushed.future();
        if (!writing) {
            flushOn();
        }
        return done;
    }

    private void flushOn() {
        @Nullable Promise<Void> waits = flushed;
        if (waits == null) {
            return;
        }
        StoreWrite next = shelf.take(pool);
        if (next.lines().isEmpty()) {
            flushed = null;
            waits.complete();
        } else {
            write(next, System.nanoTime());
        }
    }

    private void giveUpFlush() {
        @Nullable Promise<Void> waits = flushed;
        flushed = null;
        if (waits != null) {
            waits.complete();
        }
    }

    private void onResult(StoreResult result) {
        shelf.onResult(result);
        metrics.counter(Count.REDIS_SKIPPED, pool).increment((double) shelf.takeSkipped());
        waiting = shelf.waiting();
        if (flushed != null && (result == StoreResult.WRITTEN || result == StoreResult.FORGOTTEN)) {
            flushOn();
            return;
        }
        giveUpFlush();
        if (result == StoreResult.FAILED) {
            notBefore = System.nanoTime() + FAILED_PAUSE;
        } else if (result == StoreResult.FENCED) {
            notBefore = System.nanoTime() + FENCED_PAUSE;
        } else if (waiting >= Shelf.MOST_LINES) {
            write();
        }
    }

    /** What followed those positions in this epoch, and what earlier owners stored of those before it. */
    Future<HistoryPage> history(HistoryAsk ask, long epoch, HistoryPage own) {
        List<Position> earlier = ask.positions().stream()
                .filter(position -> position.epoch() < epoch)
                .toList();
        if (earlier.isEmpty()) {
            return Future.succeededFuture(own);
        }
        return bus().<HistoryPage>request(Addresses.STORE_VALUES, new HistoryAsk(pool, earlier))
                .timeout(HISTORY_MILLIS, TimeUnit.MILLISECONDS)
                .map(answer -> {
                    List<Tick> ticks = new ArrayList<>(own.ticks());
                    ticks.addAll(answer.body().ticks());
                    return new HistoryPage(ticks);
                })
                .otherwise(own);
    }
}
