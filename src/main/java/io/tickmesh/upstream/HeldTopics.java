package io.tickmesh.upstream;

import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The topics that nodes hold: it answers for them, has them registered, and keeps their data states true. */
final class HeldTopics implements InterestBook.Changes {
    /** What the topics must know of their feed. */
    interface Feed {
        FeedState state();

        /** Why it does not stream; empty if nothing failed yet. */
        String reason();

        /** Why no topic can be had, or null. */
        @Nullable
        String refusal();

        /** A node is there that knows nothing of the feed yet. */
        void introduce(Lane lane);

        long now();
    }

    private static final String SUBSCRIBING = "subscribing";

    private final PoolSetup setup;
    private final long epoch;
    private final Feed feed;
    private final Registrar registrar;
    private final TopicBook book;
    private final Outbox outbox;
    private final LongSupplier wallMillis;

    HeldTopics(
            PoolSetup setup,
            long epoch,
            Feed feed,
            Registrar registrar,
            TopicBook book,
            Outbox outbox,
            LongSupplier wallMillis) {
        this.setup = setup;
        this.epoch = epoch;
        this.feed = feed;
        this.registrar = registrar;
        this.book = book;
        this.outbox = outbox;
        this.wallMillis = wallMillis;
    }

    @Override
    public void onNode(String node) {
        feed.introduce(outbox.lane(node));
    }

    @Override
    public void onHeld(String node, Topic topic) {
        Lane lane = outbox.lane(node);
        String code;
        try {
            code = setup.provider().registrations(topic).get(0).code();
        } catch (IllegalArgumentException e) {
            lane.add(impossible(topic, String.valueOf(e.getMessage())));
            return;
        }
        TopicLine line = book.line(topic, setup.provider().keyOf(topic));
        line.serving = code;
        if (!line.held()) {
            line.reset(SUBSCRIBING, wallMillis.getAsLong());
            book.onHeld(line);
            registrar.want(code, feed.now());
        }
        refresh(line);
        line.join(lane);
        lane.add(line.answer(epoch, feed.refusal()));
    }

    @Override
    public void onReleased(String node, Topic topic) {
        @Nullable TopicLine line = book.find(topic);
        Lane lane = outbox.lane(node);
        lane.forget(topic);
        if (line == null || !line.leave(lane)) {
            return;
        }
        if (!line.held()) {
            book.onReleased(line);
            if (line.lines.all().stream().noneMatch(other -> other.held() && other.serving.equals(line.serving))) {
                registrar.release(line.serving, feed.now());
            }
        }
    }

    /** What a node that holds the topic would be told now. */
    Answer answer(Topic topic) {
        @Nullable TopicLine line = book.find(topic);
        if (line != null) {
            return line.answer(epoch, feed.refusal());
        }
        try {
            setup.provider().registrations(topic);
        } catch (IllegalArgumentException e) {
            return impossible(topic, String.valueOf(e.getMessage()));
        }
        return new Answer(topic, feed.refusal(), waiting(feed.reason()), epoch, 0, null);
    }

    private Answer impossible(Topic topic, String why) {
        return new Answer(topic, why, waiting(why), epoch, 0, null);
    }

    private TopicState waiting(String reason) {
        return new TopicState(DataState.WAITING, reason, wallMillis.getAsLong());
    }

    /** Session or pause have changed: brings every topic to what they say. */
    void refresh() {
        for (TopicLine line : book.lines()) {
            if (line.held()) {
                refresh(line);
            }
        }
    }

    /** Brings the topics of a code to what its registration says. */
    void refresh(String code) {
        for (TopicLine line : book.lines()) {
            if (line.held() && line.serving.equals(code)) {
                refresh(line);
            }
        }
    }

    private void refresh(TopicLine line) {
        if (feed.state() == FeedState.STREAMING) {
            refreshRegistered(line);
        } else {
            String reason = feed.reason();
            say(line, line.hasData() ? DataState.STALE : DataState.WAITING, reason.isEmpty() ? SUBSCRIBING : reason);
        }
    }

    private void refreshRegistered(TopicLine line) {
        String code = line.serving;
        switch (registrar.standing(code)) {
            case REGISTERED -> say(line, DataState.LIVE, "");
            case REFUSED ->
                say(
                        line,
                        DataState.WAITING,
                        setup.provider().name() + " refused the subscription: " + registrar.refusal(code));
            case NO_SLOT ->
                say(
                        line,
                        DataState.WAITING,
                        "no slot: " + registrar.slotsUsed() + " of "
                                + setup.feed().maxSubscriptions() + " in use");
            case SUBSCRIBING -> {
                if (line.dataState() != DataState.STALE) {
                    say(line, DataState.WAITING, SUBSCRIBING);
                }
            }
        }
    }

    private void say(TopicLine line, DataState state, String reason) {
        line.say(state, reason, wallMillis.getAsLong());
    }
}
