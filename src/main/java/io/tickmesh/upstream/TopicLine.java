package io.tickmesh.upstream;

import io.tickmesh.market.Answer;
import io.tickmesh.market.Book;
import io.tickmesh.market.DataState;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.History;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.tickmesh.market.Trade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One topic within one epoch: its numbering, its newest tick, its data state and the nodes that hold it. */
final class TopicLine {
    final Topic topic;
    final KeyLines lines;
    private final List<Lane> audience = new ArrayList<>(2);
    private final LateGuard guard = new LateGuard();
    private final List<Registration> registrations;
    private final Told told;
    private @Nullable Registration serving;
    static final long NEVER = Long.MIN_VALUE;

    /** When a socket ceased to deliver it. */
    long awaySince;

    /** When REST last told its value, or {@link #NEVER}. */
    long filledAt = NEVER;

    /** Whether a socket has brought a tick since it delivers the topic again. */
    boolean tickedSinceAway;

    /** Whether its silence was told. */
    boolean saidStalled;

    /** Whether there is something of it to be stored. */
    boolean due;

    /** The number of the last tick that is stored. */
    long storedSeq;

    private StallWatch pulse = StallWatch.ofTopic();
    private long lastId;
    private long seq;
    private @Nullable Tick newest;
    private boolean recalled;
    private TopicState state = new TopicState(DataState.WAITING, "", 0);

    /** Where its ticks are left. */
    record Told(History history, Shelf shelf) {}

    /** A topic whose first tick will be numbered {@code floor + 1}. */
    TopicLine(Topic topic, KeyLines lines, List<Registration> registrations, Told told, long floor) {
        this.topic = topic;
        this.lines = lines;
        this.registrations = registrations;
        this.told = told;
        this.seq = floor;
        this.storedSeq = floor;
    }

    /** Those that can carry it, its own first, the strongest last. */
    List<Registration> registrations() {
        return registrations;
    }

    /** The one that is to carry it; null while nobody holds it. */
    @Nullable
    Registration serving() {
        return serving;
    }

    void serveBy(@Nullable Registration next) {
        serving = next;
    }

    boolean held() {
        return !audience.isEmpty();
    }

    boolean join(Lane lane) {
        return !audience.contains(lane) && audience.add(lane);
    }

    boolean leave(Lane lane) {
        return audience.remove(lane);
    }

    DataState dataState() {
        return state.state();
    }

    boolean isLive() {
        return state.state() == DataState.LIVE;
    }

    /** Whether the newest tick came so lately. */
    boolean tickedWithin(long micros, long wallMicros) {
        return newest != null && wallMicros - newest.receivedAt() <= micros;
    }

    /** Something came for it. */
    void beats(long now) {
        pulse.onTick(now);
    }

    /** Why it counts as stalled; empty if it does not. */
    String stalled(long now) {
        return pulse.stalled(now);
    }

    /** Its silence has a reason: what was usual before says nothing about what comes after. */
    void forgetPace() {
        if (pulse.active()) {
            pulse = StallWatch.ofTopic();
        }
    }

    /** Begins with the last word of an earlier owner, if there is one. */
    void recall(@Nullable Tick last) {
        newest = last;
        recalled = last != null;
    }

    /** Whether its newest tick is that of an earlier owner. */
    boolean isRecalled() {
        return recalled;
    }

    boolean hasData() {
        return newest != null;
    }

    long seq() {
        return seq;
    }

    /** Sets the state without telling anyone: nobody holds the topic yet. */
    void reset(String reason, long wallMillis) {
        state = recalled
                ? new TopicState(DataState.STALE, HeldTopics.FROM_STORE, wallMillis)
                : new TopicState(DataState.WAITING, reason, wallMillis);
    }

    /** Sets the state and tells the nodes, if it is another one. */
    void say(DataState next, String reason, long wallMillis) {
        if (state.says(next, reason)) {
            return;
        }
        state = new TopicState(next, reason, state.state() == next ? state.since() : wallMillis);
        if (held()) {
            StateChange change = new StateChange(topic, state);
            for (int i = 0; i < audience.size(); i++) {
                audience.get(i).add(change);
            }
        }
    }

    Answer answer(long epoch, @Nullable String refusal) {
        return answer(epoch, refusal, state);
    }

    /** A topic that is recalled still stands where its earlier owner left it. */
    private Answer answer(long epoch, @Nullable String refusal, TopicState said) {
        @Nullable Tick last = newest;
        return recalled && last != null
                ? new Answer(topic, refusal, said, last.epoch(), last.seq(), last)
                : new Answer(topic, refusal, said, epoch, seq, last);
    }

    /** An answer that gives another reason for the state than holders were told. */
    Answer answer(long epoch, @Nullable String refusal, String reason) {
        return answer(epoch, refusal, new TopicState(state.state(), reason, state.since()));
    }

    TopicState state() {
        return state;
    }

    /** Whether the reading, which is of its kind and instrument, is of its parameter too. */
    boolean isMeantBy(Reading reading) {
        return reading.param().isEmpty() || reading.param().equals(topic.param());
    }

    /** Whether this is the trade that came last, once more. */
    boolean isRepeated(Reading reading) {
        boolean repeated = reading.id() != 0 && reading.id() == lastId;
        lastId = reading.id();
        return repeated;
    }

    boolean isLate(Reading reading, long receivedAt) {
        return guard.isLate(reading.exchange(), reading.time(), receivedAt);
    }

    /** Tells of a reading of this topic's kind; one that lacks what the kind needs is dropped. */
    boolean tell(Reading reading, long epoch, long receivedAt) {
        @Nullable
        Tick tick = Ticks.of(this, reading, new Ticks.Stamp(epoch, seq + 1, time(reading, receivedAt), receivedAt));
        if (tick == null) {
            return false;
        }
        seq++;
        publish(tick);
        return true;
    }

    /** Begins with what a book of the same instrument says, where that is newer than what it has. */
    void beginWith(Book book) {
        @Nullable
        Tick tick = newest != null && newest.receivedAt() >= book.receivedAt() ? null : Ticks.of(this, book, seq + 1);
        if (tick != null) {
            seq++;
            publish(tick);
        }
    }

    /** Tells of a cancelled trade; false if no trade was seen that could stand in its place. */
    boolean tellBreak(Reading reading, long epoch, long receivedAt) {
        @Nullable Decimal price = reading.get(Field.PRICE);
        if (price == null || !(newest instanceof Trade last)) {
            return false;
        }
        publish(new Trade(
                topic,
                epoch,
                ++seq,
                time(reading, receivedAt),
                receivedAt,
                last.price(),
                last.size(),
                last.side(),
                reading.exchange(),
                new Trade.Broken(price, reading.get(Field.SIZE))));
        return true;
    }

    @Nullable
    Tick newest() {
        return newest;
    }

    private static long time(Reading reading, long receivedAt) {
        return reading.time() == Reading.NO_TIME ? receivedAt : reading.time();
    }

    private void publish(Tick tick) {
        newest = tick;
        recalled = false;
        told.history.add(tick);
        told.shelf.onTick(this);
        for (int i = 0; i < audience.size(); i++) {
            audience.get(i).add(tick);
        }
    }
}
