package io.tickmesh.client;

import io.tickmesh.market.Answer;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a hub knows of one topic: the newest value, how far the numbers have come, the data state, who listens. */
public final class TopicLine {
    private final Topic topic;
    private final long number;
    private final List<Audience> audiences = new ArrayList<>(2);
    private @Nullable Tick newest;
    private @Nullable Answer answer;
    private @Nullable TopicState state;
    private long epoch;
    private long seq;
    private int holders;

    TopicLine(Topic topic, long number) {
        this.topic = topic;
        this.number = number;
    }

    public Topic topic() {
        return topic;
    }

    /** What stands for the topic on this node. */
    public long number() {
        return number;
    }

    public @Nullable Tick newest() {
        return newest;
    }

    /** The owner's answer; null until it came. */
    public @Nullable Answer answer() {
        return answer;
    }

    /** The data state; null until the owner answered. */
    public @Nullable TopicState state() {
        return state;
    }

    public long epoch() {
        return epoch;
    }

    public long seq() {
        return seq;
    }

    List<Audience> audiences() {
        return audiences;
    }

    int holders() {
        return holders;
    }

    void addHolders(int change) {
        holders += change;
    }

    void onTick(Tick tick) {
        if (!tick.isAfter(epoch, seq)) {
            return;
        }
        boolean newEpoch = tick.epoch() != epoch;
        long lost = newEpoch ? 0 : tick.seq() - seq - 1;
        newest = tick;
        epoch = tick.epoch();
        seq = tick.seq();
        for (Audience audience : audiences) {
            audience.onTick(tick, newEpoch, lost);
        }
    }

    /** The first answer, or one that tells again what may have been missed. */
    void onAnswer(Answer given) {
        boolean first = answer == null;
        answer = given;
        onState(given.state());
        Tick carried = given.newest();
        if (given.epoch() > epoch) {
            begin(given, carried);
        } else if (carried != null) {
            onTick(carried);
        }
        if (first) {
            if (given.epoch() == epoch) {
                seq = Math.max(seq, given.seq());
            }
            for (Audience audience : List.copyOf(audiences)) {
                audience.onAnswer();
            }
        }
    }

    /** Stands where a new epoch stands, which may have no value of its own yet; the last one is then still shown. */
    private void begin(Answer given, @Nullable Tick carried) {
        boolean news = carried != null && carried.isAfter(epoch, seq);
        epoch = given.epoch();
        seq = given.seq();
        if (news) {
            newest = carried;
        }
        for (Audience audience : audiences) {
            if (carried != null && news) {
                audience.onTick(carried, true, 0);
            } else {
                audience.onReset();
            }
        }
    }

    void onState(TopicState told) {
        TopicState before = state;
        if (before != null && before.says(told.state(), told.reason())) {
            return;
        }
        state = told;
        for (Audience audience : audiences) {
            audience.onState();
        }
    }
}
