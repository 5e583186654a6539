package io.tickmesh.cache;

import io.tickmesh.bus.CacheQuery;
import io.tickmesh.bus.CacheReport;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.PoolEvent;
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
        private String pool = "";
        private @Nullable Tick newest;
        private @Nullable Answer answer;
        private long epoch;
        private long seq;
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

    /** Takes a batch and returns what the hubs are to be told, in order. */
    List<PoolEvent> take(TickBatch batch) {
        long highest = epochs.getOrDefault(batch.pool(), Long.MIN_VALUE);
        if (batch.epoch() < highest) {
            refusals.onStaleEpoch(batch.pool(), batch.events().size());
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
            takeState(change.topic(), change.state());
            told.add(change);
        } else if (event instanceof FeedStatus status) {
            feeds.put(status.feed(), status);
            told.add(status);
        }
    }

    private void takeTick(String pool, Tick tick, List<PoolEvent> told) {
        Cell cell = cell(tick.topic());
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

    private void takeAnswer(String pool, Answer answer, List<PoolEvent> told) {
        Cell cell = cell(answer.topic());
        cell.pool = pool;
        boolean refreshed = cell.answer != null && cell.epoch == answer.epoch();
        if (refreshed && answer.seq() > cell.seq) {
            refusals.onLost(pool, answer.seq() - cell.seq);
        }
        Tick newest = answer.newest();
        if (newest != null && newest.isAfter(cell.epoch, cell.seq)) {
            history.clear(answer.topic());
            keep(cell, newest);
        } else if (answer.epoch() > cell.epoch || (answer.epoch() == cell.epoch && answer.seq() > cell.seq)) {
            // numbers went by while this node held no interest
            cell.epoch = answer.epoch();
            cell.seq = answer.seq();
        }
        cell.answer = answer;
        told.add(current(answer, cell));
    }

    private void takeState(Topic topic, TopicState state) {
        Cell cell = cell(topic);
        Answer before = cell.answer;
        if (before != null) {
            cell.answer = new Answer(topic, before.refusal(), state, before.epoch(), before.seq(), before.newest());
        }
    }

    /**
     * The owner of a pool is silent: what was trusted is stale until it, or another, speaks again.
     *
     * @return what the hubs are to be told
     */
    List<PoolEvent> ownerLost(String pool, String reason, long wallMillis) {
        TopicState stale = new TopicState(DataState.STALE, reason, wallMillis);
        List<PoolEvent> told = new ArrayList<>();
        cells.forEach((topic, cell) -> {
            Answer answer = cell.answer;
            if (cell.pool.equals(pool)
                    && answer != null
                    && answer.accepted()
                    && answer.state().state() != DataState.WAITING) {
                cell.answer = new Answer(topic, answer.refusal(), stale, answer.epoch(), answer.seq(), answer.newest());
                told.add(new StateChange(topic, stale));
            }
        });
        return told;
    }

    private Cell cell(Topic topic) {
        return cells.computeIfAbsent(topic, fresh -> new Cell());
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

    /** What the feeds last said. */
    List<FeedStatus> feeds() {
        return List.copyOf(feeds.values());
    }

    CacheReport report(CacheQuery query) {
        Map<Instrument, List<Tick>> values = new HashMap<>();
        cells.forEach((topic, cell) -> {
            Instrument instrument = topic.instrument();
            Tick newest = cell.newest;
            if (newest != null && instrument.provider().equals(query.provider())) {
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
