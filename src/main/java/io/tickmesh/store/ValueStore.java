package io.tickmesh.store;

import io.tickmesh.bus.HistoryAsk;
import io.tickmesh.bus.HistoryPage;
import io.tickmesh.bus.LeaseMessage;
import io.tickmesh.bus.StoreResult;
import io.tickmesh.bus.StoreWrite;
import io.tickmesh.bus.StoredTick;
import io.tickmesh.bus.StoredValues;
import io.tickmesh.market.Position;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.redis.RedisFailure;
import io.tickmesh.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Newest values and short histories of pools.
 *
 * <p>Each pool has a mark of its writer, {@code epoch number}, which only rises: a write whose mark is not above the one
 * that is there does nothing at all. So an owner that is over, and a write that Redis got to late, change nothing. A mark
 * that is not the one this node left there means that Redis has forgotten.
 */
final class ValueStore {
    private static final int PAGE = 500;
    private static final int MOST_VALUES = 100_000;

    /** Nobody's clock is ahead so much; what says so is no epoch of ours. */
    private static final long AHEAD_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final RedisLink link;
    private final long expiryMillis;
    private final Metrics metrics;
    private final Complaints complaints;
    private final LongSupplier wallMillis;
    private final Map<String, Mark> marks = new HashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();

    /** What this node wrote last of a pool. */
    private static final class Mark {
        private final long epoch;
        private long number;
        private long answered;

        Mark(long epoch) {
            this.epoch = epoch;
        }
    }

    ValueStore(RedisLink link, long expiryMillis, Metrics metrics, Complaints complaints, LongSupplier wallMillis) {
        this.link = link;
        this.expiryMillis = expiryMillis;
        this.metrics = metrics;
        this.complaints = complaints;
        this.wallMillis = wallMillis;
    }

    private String key(String pool, String rest) {
        return link.key('{' + pool + "}:" + rest);
    }

    private String historyKey(String pool, Topic topic) {
        return key(pool, "history:" + topic);
    }

    /** The epoch of the last writer of each pool, as far as this node has heard. */
    Map<String, Long> epochs() {
        return epochs;
    }

    private long highestEpoch() {
        return Math.min(LeaseMessage.LAST_EPOCH, wallMillis.getAsLong() + AHEAD_MILLIS);
    }

    Future<StoreResult> write(StoreWrite write) {
        Mark mark = marks.merge(
                write.pool(), new Mark(write.epoch()), (old, fresh) -> old.epoch >= fresh.epoch ? old : fresh);
        if (mark.epoch > write.epoch()) {
            return Future.succeededFuture(StoreResult.FENCED);
        }
        long number = ++mark.number;
        return link.send(request(write, number))
                .map(answer -> onWritten(write, mark, number, answer))
                .otherwise(failure -> onFailure(failure));
    }

    private Request request(StoreWrite write, long number) {
        String pool = write.pool();
        Request request = Request.cmd(Command.EVAL)
                .arg(Scripts.WRITE)
                .arg(3 + write.lines().size())
                .arg(key(pool, "writer"))
                .arg(key(pool, "newest"))
                .arg(key(pool, "index"));
        write.lines().forEach(line -> request.arg(historyKey(pool, line.newest().topic())));
        request.arg(write.epoch())
                .arg(number)
                .arg(highestEpoch())
                .arg(wallMillis.getAsLong())
                .arg(expiryMillis)
                .arg(write.lines().size());
        for (StoreWrite.Line line : write.lines()) {
            Tick newest = line.newest();
            request.arg(newest.topic().toString())
                    .arg(TimeUnit.MICROSECONDS.toMillis(newest.receivedAt()))
                    .arg(StoredTick.write(newest))
                    .arg(newest.epoch() == write.epoch() ? "own" : "earlier")
                    .arg(line.history().size());
            line.history().forEach(tick -> request.arg(StoredTick.write(tick)));
        }
        return request;
    }

    private StoreResult onWritten(StoreWrite write, Mark mark, long number, @Nullable Response answer) {
        if (answer == null || answer.size() < 4) {
            complaints.say("write", "Redis gave an answer that makes no sense");
            return StoreResult.FAILED;
        }
        long epochBefore = answer.get(1).toLong();
        long numberBefore = answer.get(2).toLong();
        int bad = answer.get(3).toInteger();
        epochs.merge(write.pool(), epochBefore, Math::max);
        if (bad > 0) {
            metrics.counter(Count.REDIS_BAD, "type").increment(bad);
            complaints.say(
                    "type", "keys of the pool " + write.pool() + " in Redis were of another type and were deleted");
        }
        if (answer.get(0).toInteger() == 0) {
            metrics.counter(Count.REDIS_FENCED, write.pool()).increment();
            return StoreResult.FENCED;
        }
        boolean known =
                mark.answered == 0 ? epochBefore >= 0 : epochBefore == mark.epoch && numberBefore >= mark.answered;
        mark.answered = Math.max(mark.answered, number);
        count(write);
        if (bad > 0 || !known) {
            metrics.counter(Count.REDIS_REWRITES, "values").increment();
            return StoreResult.FORGOTTEN;
        }
        return StoreResult.WRITTEN;
    }

    private void count(StoreWrite write) {
        long ticks =
                write.lines().stream().mapToLong(line -> line.history().size()).sum();
        metrics.counter(Count.REDIS_VALUES, write.pool())
                .increment(write.lines().size());
        metrics.counter(Count.REDIS_HISTORY, write.pool()).increment((double) ticks);
    }

    private StoreResult onFailure(Throwable failure) {
        if (failure instanceof RedisFailure refused && refused.sort() == RedisFailure.Sort.REFUSED) {
            complaints.say("refused", "Redis refuses to write: " + refused.getMessage());
        }
        return StoreResult.FAILED;
    }

    /** All that is there of a pool, page by page; what was read until something failed is better than nothing. */
    Future<StoredValues> read(String pool) {
        List<Tick> values = new ArrayList<>();
        return readFrom(pool, 0, values)
                .otherwise(failure -> {
                    onReadFailure(failure);
                    return null;
                })
                .map(done -> new StoredValues(epochs.getOrDefault(pool, 0L), values));
    }

    private void onReadFailure(Throwable failure) {
        if (failure instanceof RedisFailure refused && refused.sort() == RedisFailure.Sort.REFUSED) {
            metrics.counter(Count.REDIS_BAD, "type").increment();
            complaints.say("read", "stored values cannot be read: " + refused.getMessage());
        }
    }

    private Future<@Nullable Void> readFrom(String pool, int from, List<Tick> values) {
        Request request = Request.cmd(Command.EVAL)
                .arg(Scripts.READ)
                .arg(3)
                .arg(key(pool, "writer"))
                .arg(key(pool, "newest"))
                .arg(key(pool, "index"))
                .arg(from)
                .arg(from + PAGE - 1)
                .arg(StoredTick.MOST_BYTES);
        return link.send(request).compose(page -> {
            if (page == null || page.size() < 3) {
                return Future.succeededFuture();
            }
            seeEpoch(pool, page.get(0).toString());
            bad("size", page.get(2).toInteger());
            for (int i = 3; i < page.size(); i++) {
                @Nullable Tick tick = tick(page.get(i));
                if (tick != null) {
                    values.add(tick);
                }
            }
            boolean last = page.get(1).toInteger() < PAGE || from + PAGE >= MOST_VALUES;
            return last ? Future.succeededFuture() : readFrom(pool, from + PAGE, values);
        });
    }

    private void seeEpoch(String pool, String mark) {
        if (mark.matches("[0-9]{1,16} [0-9]{1,16}")) {
            long epoch = Long.parseLong(mark.substring(0, mark.indexOf(' ')));
            if (epoch <= highestEpoch()) {
                epochs.merge(pool, epoch, Math::max);
            }
        } else if (!mark.isEmpty()) {
            bad("mark", 1);
        }
    }

    private void bad(String what, int times) {
        if (times > 0) {
            metrics.counter(Count.REDIS_BAD, what).increment(times);
            complaints.say("bad", "Redis holds things under our keys that are none of ours, they are passed over");
        }
    }

    private @Nullable Tick tick(@Nullable Response value) {
        @Nullable Buffer bytes = value == null ? null : value.toBuffer();
        if (bytes != null && bytes.length() > 0) {
            try {
                Tick tick = StoredTick.read(bytes);
                if (tick.epoch() <= highestEpoch()) {
                    return tick;
                }
            } catch (IllegalArgumentException notOurs) {
                // counted below
            }
        }
        bad("value", 1);
        return null;
    }

    /** What earlier owners told of these topics after those positions. */
    Future<HistoryPage> history(HistoryAsk ask) {
        List<Position> positions = ask.positions()
                .subList(0, Math.min(HistoryAsk.MOST, ask.positions().size()));
        if (positions.isEmpty()) {
            return Future.succeededFuture(new HistoryPage(List.of()));
        }
        Request request = Request.cmd(Command.EVAL).arg(Scripts.HISTORY).arg(positions.size());
        positions.forEach(position -> request.arg(historyKey(ask.pool(), position.topic())));
        return link.send(request.arg(StoredTick.MOST_BYTES))
                .map(answer -> page(positions, answer))
                .otherwise(failure -> new HistoryPage(List.of()));
    }

    private HistoryPage page(List<Position> positions, @Nullable Response answer) {
        List<Tick> all = new ArrayList<>();
        for (int i = 0; answer != null && i < positions.size() && i < answer.size(); i++) {
            all.addAll(following(positions.get(i), answer.get(i)));
        }
        return new HistoryPage(all);
    }

    /** What was written twice, because nobody knew whether it had been, counts once. */
    private List<Tick> following(Position position, Response kept) {
        SortedMap<Long, Tick> ticks = new TreeMap<>();
        for (Response each : kept) {
            @Nullable Tick tick = tick(each);
            if (tick != null
                    && tick.topic().equals(position.topic())
                    && tick.epoch() == position.epoch()
                    && tick.seq() > position.seq()) {
                ticks.put(tick.seq(), tick);
            }
        }
        boolean whole = !ticks.isEmpty() && ticks.lastKey() == position.seq() + ticks.size();
        return whole ? List.copyOf(ticks.values()) : List.of();
    }
}
