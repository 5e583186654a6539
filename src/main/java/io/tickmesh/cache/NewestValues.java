package io.tickmesh.cache;

import io.tickmesh.bus.CacheQuery;
import io.tickmesh.bus.CacheReport;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.History;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Notice;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Position;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest value and data state of every topic that reached this node.
 *
 * <p>Refuses what is over (an older epoch, a number that is not above the last) and notices a jump of the numbers. Pure bookkeeping: no bus, no clock.
 */
final class NewestValues {
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, FeedStatus> feeds = new HashMap<>();
    private final Map<Topic, Cell> cells;
    private final History history;
    private final Refusals refusals;

    /** What is known of one topic. */
    private static final class Cell {
        private final String pool;
        private @Nullable Tick newest;
        private @Nullable Answer answer;
        private long epoch;
        private long seq;

        Cell(String pool) {
            this.pool = pool;
        }

        boolean isBefore(long otherEpoch, long otherSeq) {
            return otherEpoch > epoch || (otherEpoch == epoch && otherSeq > seq);
        }
    }

    /** Counts what was refused, and what never came. */
    interface Refusals {
        void onStaleEpoch(String pool, int events);

        void onOldTick(String pool);

        void onLost(String pool, long ticks);
    }

    NewestValues(int mostTopics, History history, Refusals refusals) {
        this.history = history;
        this.refusals = refusals;
        this.cells = new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Topic, Cell> eldest) {
                boolean over = size() > mostTopics;
                if (over) {
                    history.clear(eldest.getKey());
                }
                return over;
            }
        };
    }

    /** Takes note that a pool has an owner of that epoch; lower ones are over. */
    void begin(String pool, long epoch) {
        epochs.merge(pool, epoch, Math::max);
    }

    /** Whether a batch is of an epoch that is over; it is then counted. */
    boolean refuses(TickBatch batch) {
        boolean over = batch.epoch() < epochOf(batch.pool());
        if (over) {
            refusals.onStaleEpoch(batch.pool(), batch.events().size());
        }
        return over;
    }

    /** The highest epoch of a pool that was heard of. */
    long epochOf(String pool) {
        return epochs.getOrDefault(pool, Long.MIN_VALUE);
    }

    /** Takes a batch and returns what the hubs are to be told, in order. */
    List<PoolEvent> take(TickBatch batch) {
        if (refuses(batch)) {
            return List.of();
        }
        epochs.put(batch.pool(), batch.epoch());
        List<PoolEvent> told = new ArrayList<>(batch.events().size());
        for (PoolEvent event : batch.events()) {
            take(batch.pool(), event, told);
        }
        return told;
    }

    private void take(String pool, PoolEvent event, List<PoolEvent> told) {
        if (event instanceof Tick tick) {
            takeTick(pool, tick, told);
        } else if (event instanceof Answer answer) {
            takeAnswer(pool, answer, told);
        } else if (event instanceof StateChange change) {
            takeState(pool, change);
            told.add(change);
        } else if (event instanceof FeedStatus status) {
            feeds.put(status.feed(), status);
            told.add(status);
        }
    }

    private void takeTick(String pool, Tick tick, List<PoolEvent> told) {
        Cell cell = cell(pool, tick.topic());
        if (!tick.isAfter(cell.epoch, cell.seq)) {
            refusals.onOldTick(pool);
            return;
        }
        if (tick.epoch() == cell.epoch) {
            long lost = tick.seq() - cell.seq - 1;
            if (lost > 0) {
                refusals.onLost(pool, lost);
                history.clear(tick.topic());
            }
        } else {
            history.clear(tick.topic());
        }
        keep(cell, tick);
        told.add(tick);
    }

    private void keep(Cell cell, Tick tick) {
        cell.newest = tick;
        cell.epoch = tick.epoch();
        cell.seq = tick.seq();
        history.add(tick);
    }

    /** The answer to new interest, or to a request to tell all again; then what the numbers have skipped is lost. */
    private void takeAnswer(String pool, Answer answer, List<PoolEvent> told) {
        Cell cell = cell(pool, answer.topic());
        Tick newest = answer.newest();
        boolean news = newest != null && newest.isAfter(cell.epoch, cell.seq);
        boolean moves = cell.isBefore(answer.epoch(), answer.seq());
        if (cell.answer != null && moves && answer.epoch() == cell.epoch) {
            long lost = answer.seq() - cell.seq - (news ? 1 : 0);
            if (lost > 0) {
                refusals.onLost(pool, lost);
            }
        }
        if (news || moves) {
            history.clear(answer.topic());
        }
        if (newest != null && news) {
            keep(cell, newest);
        }
        if (cell.isBefore(answer.epoch(), answer.seq())) {
            cell.epoch = answer.epoch();
            cell.seq = answer.seq();
        }
        cell.answer = answer;
        told.add(current(answer, cell));
    }

    private void takeState(String pool, StateChange change) {
        takeState(cell(pool, change.topic()), change);
    }

    private static void takeState(Cell cell, StateChange change) {
        Answer before = cell.answer;
        if (before != null) {
            cell.answer = new Answer(
                    change.topic(), before.refusal(), change.state(), before.epoch(), before.seq(), before.newest());
        }
    }

    /** Nobody tells what happens to the topics of a pool: their values can be trusted no more. */
    List<PoolEvent> forsake(String pool, TopicState state) {
        List<PoolEvent> told = new ArrayList<>();
        cells.forEach((topic, cell) -> {
            Answer answer = cell.answer;
            if (answer != null
                    && cell.pool.equals(pool)
                    && answer.accepted()
                    && answer.state().state() != DataState.WAITING) {
                StateChange change = new StateChange(topic, state);
                takeState(cell, change);
                told.add(change);
            }
        });
        return told;
    }

    private Cell cell(String pool, Topic topic) {
        return cells.computeIfAbsent(topic, fresh -> new Cell(pool));
    }

    private static Answer current(Answer answer, Cell cell) {
        return new Answer(answer.topic(), answer.refusal(), answer.state(), cell.epoch, cell.seq, cell.newest);
    }

    /** Forgets what the owner answered; the newest values stay. */
    void release(Collection<Topic> topics) {
        for (Topic topic : topics) {
            Cell cell = cells.get(topic);
            if (cell != null) {
                cell.answer = null;
            }
        }
    }

    /** What the owner answered for these topics, brought up to date; nothing for those it has not answered yet. */
    List<PoolEvent> answers(Collection<Topic> topics) {
        List<PoolEvent> answers = new ArrayList<>();
        for (Topic topic : topics) {
            Cell cell = cells.get(topic);
            if (cell != null && cell.answer != null) {
                answers.add(current(cell.answer, cell));
            }
        }
        return answers;
    }

    /** What the owners answered for all topics whose text begins so, brought up to date. */
    List<PoolEvent> answers(String prefix) {
        List<PoolEvent> answers = new ArrayList<>();
        cells.forEach((topic, cell) -> {
            if (cell.answer != null && topic.toString().startsWith(prefix)) {
                answers.add(current(cell.answer, cell));
            }
        });
        return answers;
    }

    /** All that this node got after a position; null where that does not reach back so far. */
    @Nullable
    List<Tick> after(Position position) {
        Cell cell = cells.get(position.topic());
        if (cell != null && cell.epoch == position.epoch() && cell.seq <= position.seq()) {
            return List.of();
        }
        return history.after(position);
    }

    /** The pool that tells of a topic; null if none has told anything yet. */
    @Nullable
    String poolOf(Topic topic) {
        Cell cell = cells.get(topic);
        return cell == null ? null : cell.pool;
    }

    /** Keeps ticks from before this node's own of a topic, and returns both together; null where they do not meet. */
    @Nullable
    List<Tick> join(Position position, List<Tick> earlier) {
        List<Tick> own = history.of(position.topic());
        List<Tick> joined = new ArrayList<>(earlier.size() + own.size());
        long next = position.seq() + 1;
        for (Tick tick : earlier) {
            if (tick.epoch() != position.epoch() || tick.seq() != next) {
                return null;
            }
            joined.add(tick);
            next++;
        }
        long firstOwn = own.isEmpty() ? next : own.get(0).seq();
        history.addEarlier(
                joined.stream().filter(tick -> tick.seq() < firstOwn).toList());
        for (Tick tick : own) {
            if (tick.epoch() != position.epoch() || tick.seq() > next) {
                return null;
            }
            if (tick.seq() == next) {
                joined.add(tick);
                next++;
            }
        }
        return joined.isEmpty() ? null : joined;
    }

    /** What the feeds last said. */
    List<FeedStatus> feeds() {
        return List.copyOf(feeds.values());
    }

    /** The newest values of a provider's instruments; what an account holds is none of them. */
    CacheReport report(CacheQuery query) {
        Map<Instrument, List<Tick>> values = new HashMap<>();
        cells.forEach((topic, cell) -> {
            Instrument instrument = topic.instrument();
            Tick newest = cell.newest;
            boolean shown = newest != null && !(newest instanceof Notice);
            if (shown && instrument.provider().equals(query.provider())) {
                values.computeIfAbsent(instrument, fresh -> new ArrayList<>(2)).add(newest);
            }
        });
        List<FeedStatus> ofProvider = feeds.values().stream()
                .filter(feed -> feed.provider().equals(query.provider()))
                .toList();
        return new CacheReport(values, ofProvider);
    }

    int topics() {
        return cells.size();
    }
}
