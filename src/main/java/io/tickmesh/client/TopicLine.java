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
    private final List<Audience> audiences = new ArrayList<>(2);
    private @Nullable Tick newest;
    private @Nullable Answer answer;
    private @Nullable TopicState state;
    private long epoch;
    private long seq;
    private int holders;

    TopicLine(Topic topic) {
        this.topic = topic;
    }

    public Topic topic() {
        return topic;
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

    void onAnswer(Answer given) {
        boolean first = answer == null;
        answer = given;
        onState(given.state());
        Tick carried = given.newest();
        if (carried != null) {
            onTick(carried);
        } else if (first) {
            epoch = given.epoch();
            seq = given.seq();
            // those who were let in before the owner spoke stand at no position
            for (Audience audience : audiences) {
                audience.onReset();
            }
        }
        for (Audience audience : List.copyOf(audiences)) {
            audience.onAnswer();
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
