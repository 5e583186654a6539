package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Fills in over REST what no socket delivers, once for the whole cluster and never backwards in time. */
final class RestFill implements FillIn.Calls {
    /** The way to the provider's REST side. */
    interface Line {
        /** Makes a call; the answer comes with the time, and is null where there was none. */
        void call(FeedConfig feed, RestCall call, ObjLongConsumer<@Nullable RestReply> then);
    }

    /** Whom it serves. */
    interface Pool {
        /** Something happens now. */
        void at(long now);

        /** A topic has been filled in. */
        void onFilled(TopicLine line);
    }

    /** What it works with. */
    record Place(PoolSetup setup, FeedConfig feed, Pass pass, PoolTopics topics, PoolMeters meters) {}

    private static final long SECOND = 1_000_000_000L;

    /** A topic that was not filled in for so long, and four rounds more, is stale. */
    private static final long FRESH = 15 * SECOND;

    private static final int ROUNDS = 4;

    private final Place place;
    private final RestLanguage language;
    private final Line line;
    private final Pool pool;
    private final ToIntFunction<Topic> weights;
    private final FillIn fillIn;
    private final double callsPerSecond;
    private final Set<TopicLine> soon = new LinkedHashSet<>();
    private final Set<TopicLine> filled = new LinkedHashSet<>();
    private String trouble = "";
    private boolean dirty = true;
    private long dueAt;
    private long now;

    RestFill(Place place, RestLanguage language, Line line, Pool pool, ToIntFunction<Topic> weights) {
        this.place = place;
        this.language = language;
        this.line = line;
        this.pool = pool;
        this.weights = weights;
        this.callsPerSecond = language.callsPerSecond(place.feed().restUrl());
        this.fillIn = new FillIn(callsPerSecond, language::topicsPerCall, this);
    }

    /** No socket delivers the topic: after so long it is filled in. */
    void away(TopicLine topic, long grace, long time) {
        if (filled.contains(topic) || language.group(topic.topic).isEmpty()) {
            return;
        }
        if (soon.add(topic)) {
            topic.awaySince = time;
        }
        if (time - topic.awaySince >= grace) {
            soon.remove(topic);
            filled.add(topic);
            ask(topic, time);
        }
    }

    private void ask(TopicLine topic, long time) {
        fillIn.want(topic.topic, language.group(topic.topic), weights.applyAsInt(topic.topic), time);
        dirty = true;
    }

    /** A socket delivers the topic again, or nobody holds it. */
    void back(TopicLine topic) {
        soon.remove(topic);
        if (filled.remove(topic)) {
            fillIn.drop(topic.topic);
            topic.filledAt = TopicLine.NEVER;
            dirty = true;
        }
    }

    /** Whether REST has told the topic's value lately. */
    boolean keepsFresh(TopicLine topic, long time) {
        if (topic.filledAt == TopicLine.NEVER || !filled.contains(topic)) {
            return false;
        }
        long round = (long) (filled.size() / callsPerSecond * SECOND);
        return time - topic.filledAt <= FRESH + ROUNDS * round;
    }

    /** What keeps REST from telling; empty if nothing does. */
    String trouble() {
        return trouble;
    }

    int size() {
        return filled.size();
    }

    /** Weights change: to be called every few seconds. */
    void weigh(long time) {
        filled.forEach(topic -> ask(topic, time));
    }

    void wake(long time) {
        now = time;
        if (dirty || dueAt - time <= 0) {
            dirty = false;
            fillIn.wake(time);
            long wait = fillIn.nanosToWake(time);
            dueAt = wait == Long.MAX_VALUE ? time + 60 * SECOND : time + Math.max(0, wait);
        }
    }

    long nanosToWake(long time) {
        return filled.isEmpty() ? Long.MAX_VALUE : dirty ? 0 : dueAt - time;
    }

    @Override
    public void send(List<Topic> topics) {
        place.pass().whenReady(language.tokens(), refusal -> {
            if (refusal == null) {
                call(topics);
            } else {
                trouble = refusal.text();
                fillIn.onOutcome(topics, RestLanguage.Outcome.FAILED, now);
                dirty = true;
            }
        });
    }

    private void call(List<Topic> topics) {
        place.meters().restCalls.increment();
        long sentAt = WallClock.micros();
        RestCall call = language.call(topics, place.pass().access());
        line.call(place.feed(), call, (reply, time) -> onReply(topics, sentAt, reply, time));
    }

    private void onReply(List<Topic> topics, long sentAt, @Nullable RestReply reply, long time) {
        now = time;
        pool.at(time);
        dirty = true;
        RestLanguage.Outcome outcome = RestLanguage.Outcome.FAILED;
        if (reply == null) {
            trouble = "REST gives no answer";
        } else {
            outcome = language.read(topics, reply, WallClock.micros(), new Answers(sentAt));
            trouble = outcome == RestLanguage.Outcome.OK ? "" : "REST answers HTTP " + reply.status();
        }
        if (outcome == RestLanguage.Outcome.TOO_FAST) {
            place.meters().restTooFast.increment();
        } else if (outcome != RestLanguage.Outcome.OK) {
            place.meters().restFailures.increment();
        }
        fillIn.onOutcome(topics, outcome, time);
        if (reply != null) {
            fillIn.onAdvice(language.advice(reply), time);
        }
        if (outcome == RestLanguage.Outcome.STALE_TOKEN) {
            place.pass().stale(language.tokens());
            place.pass().whenReady(language.tokens(), refusal -> {
                fillIn.tokenRenewed(now);
                dirty = true;
            });
        }
    }

    /** What an answer says of topics; nothing that came over a socket since the question is overwritten. */
    private final class Answers implements FeedEvents {
        private final long sentAt;

        Answers(long sentAt) {
            this.sentAt = sentAt;
        }

        @Override
        public void onReading(Kind kind, Reading reading) {
            for (TopicLine topic : place.topics().linesOf(kind, reading.key())) {
                boolean meant = reading.param().isEmpty() || reading.param().equals(topic.topic.param());
                if (meant && topic.held() && filled.contains(topic)) {
                    take(topic, reading);
                }
            }
        }

        private void take(TopicLine topic, Reading reading) {
            @Nullable Tick newest = topic.newest();
            if (newest == null || newest.receivedAt() < sentAt) {
                if (newest == null || !Ticks.repeats(topic, reading, newest)) {
                    place.topics().tell(topic, reading, WallClock.micros(), now);
                }
                topic.filledAt = now;
                pool.onFilled(topic);
            }
        }

        @Override
        public void onTradeBreak(Reading reading) {
            // an answer tells values, not events
        }

        @Override
        public void onBadFrame(String reason) {
            place.meters().badFrames.increment();
        }

        @Override
        public void onUnknown() {
            place.meters().unknownFrames.increment();
        }

        @Override
        public void onLoginAccepted() {}

        @Override
        public void onLoginRefused(LoginRefusal kind, String text) {}

        @Override
        public void onAcknowledged(ControlOp op) {}

        @Override
        public void onRefused(ControlOp op, String text) {}

        @Override
        public void onFull(String text) {}

        @Override
        public void onHeartbeat() {}

        @Override
        public void onReply(String text) {}
    }
}
