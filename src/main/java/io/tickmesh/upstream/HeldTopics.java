package io.tickmesh.upstream;

import io.tickmesh.market.Answer;
import io.tickmesh.market.Book;
import io.tickmesh.market.DataState;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The topics that nodes hold: it answers for them, has them registered, and keeps their data states true. */
final class HeldTopics implements InterestBook.Changes, Coverage.Listener, Slots.Listener {
    /** What the topics must know of their pool. */
    interface Pool {
        /** Why nothing streams; empty if nothing failed yet. */
        String reason();

        /** Why no topic can be had, or null. */
        @Nullable
        String refusal();

        /** Why the provider has no such topic, or null if it may have it. */
        @Nullable
        String unknown(Topic topic);

        /** A node is there that knows nothing of the feeds yet. */
        void introduce(Lane lane);

        Weight weight(Topic topic);

        long now();
    }

    private static final String SUBSCRIBING = "subscribing";
    private static final String SLOT_TO_COME = "a slot is about to be free";
    static final String FROM_STORE = "the value is from the store, nothing has come since";
    private static final String RETURNING = "the socket is back and has to prove that it lasts";
    private static final long SECOND = 1_000_000_000L;
    private static final long NO_SLOT_GRACE = SECOND;
    private static final long DOWN_GRACE = 5 * SECOND;
    private static final long MICROS = 1_000;
    /** A tick so lately is worth more than what a calendar says. */
    private static final long CLOSED_AFTER_MICROS = 60_000_000;

    private final PoolSetup setup;
    private final long epoch;
    private final Pool pool;
    private final PoolTopics topics;
    private final Outbox outbox;
    private final LongSupplier wallMillis;
    private final TradingHours hours;
    private @Nullable RestFill fill;
    private final Coverage coverage = new Coverage(this);
    final Slots slots;

    HeldTopics(PoolSetup setup, long epoch, Pool pool, PoolTopics topics, Outbox outbox, LongSupplier wallMillis) {
        this.setup = setup;
        this.epoch = epoch;
        this.pool = pool;
        this.topics = topics;
        this.outbox = outbox;
        this.wallMillis = wallMillis;
        this.hours = setup.feeds().get(0).keepsHours() ? setup.provider().hours() : TradingHours.ALWAYS;
        this.slots = new Slots(!setup.rejects(), this::weight, this);
    }

    /** From now on what no socket delivers is filled in, if not null. */
    void fillBy(@Nullable RestFill filling) {
        fill = filling;
    }

    private Weight weight(Registration registration) {
        Weight sum = Weight.NONE;
        for (TopicLine line : coverage.carriedBy(registration)) {
            sum = sum.plus(pool.weight(line.topic));
        }
        return sum;
    }

    @Override
    public void onNode(String node) {
        pool.introduce(outbox.lane(node));
    }

    @Override
    public void onHeld(String node, Topic topic) {
        Lane lane = outbox.lane(node);
        List<Registration> registrations;
        try {
            registrations = setup.provider().registrations(topic);
        } catch (IllegalArgumentException e) {
            lane.add(impossible(topic, String.valueOf(e.getMessage())));
            return;
        }
        @Nullable String unknown = unknown(topic);
        if (unknown != null) {
            lane.add(impossible(topic, unknown));
            return;
        }
        TopicLine line = topics.book.line(topic, keyOf(topic), registrations);
        if (!line.held()) {
            line.reset(SUBSCRIBING, wallMillis.getAsLong());
            topics.book.onHeld(line);
            coverage.hold(line);
            beginWithBook(line);
        }
        refresh(line);
        line.join(lane);
        lane.add(answer(line));
    }

    /** A registration that is there brings no snapshot for who joins it, but a book that came over it holds one. */
    private void beginWithBook(TopicLine line) {
        @Nullable Registration serving = line.serving();
        if (serving == null || !(slots.carrierOf(serving) instanceof FeedLink link) || !link.delivers(serving.code())) {
            return;
        }
        for (TopicLine each : coverage.carriedBy(serving)) {
            if (each != line && each.isLive() && each.newest() instanceof Book book) {
                line.beginWith(book);
            }
        }
    }

    /** What ticks is there, whatever a list says. */
    private @Nullable String unknown(Topic topic) {
        @Nullable String unknown = pool.unknown(topic);
        @Nullable TopicLine line = unknown == null ? null : topics.book.find(topic);
        return line != null && line.tickedWithin(CLOSED_AFTER_MICROS, wallMillis.getAsLong() * MICROS) ? null : unknown;
    }

    /** Private news carry no instrument. */
    private String keyOf(Topic topic) {
        return topic.kind() == Kind.NOTICE
                ? noticeKey(topic.instrument().symbol())
                : setup.provider().keyOf(topic);
    }

    /** What news of the account of a feed are routed by. */
    static String noticeKey(String feed) {
        return "notice/" + feed;
    }

    @Override
    public void onReleased(String node, Topic topic) {
        @Nullable TopicLine line = topics.book.find(topic);
        Lane lane = outbox.lane(node);
        lane.forget(topic);
        if (line == null || !line.leave(lane) || line.held()) {
            return;
        }
        if (fill != null) {
            fill.back(line);
        }
        coverage.release(line);
        topics.book.onReleased(line);
    }

    @Override
    public void onWanted(Registration registration) {
        slots.want(registration, pool.now());
    }

    @Override
    public void onUnwanted(Registration registration) {
        slots.unwant(registration, pool.now());
    }

    @Override
    public void onSlot(Registration registration) {
        refresh(registration);
    }

    /** The provider delivers a registration. */
    void onConfirmed(FeedLink link, String code) {
        @Nullable Registration registration = slots.registrationOf(link, code);
        if (registration != null) {
            refresh(registration);
        }
    }

    private Answer answer(TopicLine line) {
        @Nullable String refusal = pool.refusal() == null ? unknown(line.topic) : pool.refusal();
        @Nullable Registration serving = line.serving();
        if (refusal != null || serving == null || !slots.isWithoutSlot(serving)) {
            return line.answer(epoch, refusal);
        }
        TopicState state = line.state();
        if (slots.isSurplus(serving)) {
            String reason = state.lacksSlot() ? state.reason() : noSlot() + "; " + state.reason();
            return line.answer(epoch, setup.rejects() ? noSlot() : null, reason);
        }
        return line.answer(epoch, null, state.lacksSlot() ? SLOT_TO_COME : state.reason());
    }

    /** What a node that holds the topic would be told now. */
    Answer answer(Topic topic) {
        @Nullable TopicLine line = topics.book.find(topic);
        if (line != null) {
            return answer(line);
        }
        try {
            setup.provider().registrations(topic);
        } catch (IllegalArgumentException e) {
            return impossible(topic, String.valueOf(e.getMessage()));
        }
        @Nullable String unknown = unknown(topic);
        if (unknown != null) {
            return impossible(topic, unknown);
        }
        return new Answer(topic, pool.refusal(), waiting(pool.reason()), epoch, 0, null);
    }

    private Answer impossible(Topic topic, String why) {
        return new Answer(topic, why, waiting(why), epoch, 0, null);
    }

    private TopicState waiting(String reason) {
        return new TopicState(DataState.WAITING, reason, wallMillis.getAsLong());
    }

    /** Brings every topic to what its connection says. */
    void refresh() {
        for (TopicLine line : topics.book.lines()) {
            if (line.held()) {
                refresh(line);
            }
        }
    }

    /** Brings the topics of a registration to what is known of it. */
    void refresh(Registration registration) {
        coverage.carriedBy(registration).forEach(this::refresh);
    }

    /** To be called every half second: what time alone changes. {@code all} now and then. */
    void review(boolean all) {
        for (TopicLine line : topics.book.lines()) {
            if (line.held()
                    && (all || !line.isLive() || !line.stalled(pool.now()).isEmpty())) {
                refresh(line);
            }
        }
        if (all && fill != null) {
            fill.weigh(pool.now());
        }
    }

    /** A socket has brought a tick of a topic that was not live. */
    void onTick(TopicLine line) {
        line.tickedSinceAway = true;
        refresh(line);
    }

    /** REST has told the value of a topic. */
    void onFilled(TopicLine line) {
        refresh(line);
    }

    private void refresh(TopicLine line) {
        @Nullable Registration serving = line.serving();
        if (serving == null) {
            return;
        }
        @Nullable String unknown = unknown(line.topic);
        Slots.@Nullable Carrier carrier = slots.carrierOf(serving);
        if (unknown != null) {
            lost(line, unknown);
        } else if (carrier instanceof FeedLink link && link.delivers(serving.code())) {
            refreshDelivered(line, link);
        } else if (carrier instanceof FeedLink link) {
            refreshUnregistered(line, link);
        } else {
            String refusal = slots.refusal(serving);
            String why =
                    refusal.isEmpty() ? whyNoSlot() : setup.provider().name() + " refused the subscription: " + refusal;
            away(line, why, NO_SLOT_GRACE);
        }
    }

    /** What was filled in goes back to the socket when that has brought a tick, or has proved to last. */
    private void refreshDelivered(TopicLine line, FeedLink link) {
        if (line.dataState() == DataState.FALLBACK && !line.tickedSinceAway && !link.isStable()) {
            if (isFilled(line)) {
                say(line, DataState.FALLBACK, RETURNING);
                return;
            }
        }
        if (fill != null) {
            fill.back(line);
        }
        long wall = wallMillis.getAsLong();
        String closed =
                line.tickedWithin(CLOSED_AFTER_MICROS, wall * MICROS) ? "" : hours.closedBecause(line.topic, wall);
        if (closed.isEmpty()) {
            String stalled = isOpen(line, wall) ? line.stalled(pool.now()) : "";
            stalled = line.isRecalled() ? FROM_STORE : stalled;
            if (stalled.isEmpty() || !line.saidStalled) {
                // said once: that the silence grows longer is no news
                say(line, stalled.isEmpty() ? DataState.LIVE : DataState.STALE, stalled);
            }
            line.saidStalled = !stalled.isEmpty();
        } else {
            line.forgetPace();
            say(line, DataState.CLOSED, closed);
        }
    }

    private boolean isOpen(TopicLine line, long wall) {
        return hours.closedBecause(line.topic, wall).isEmpty();
    }

    private void refreshUnregistered(TopicLine line, FeedLink link) {
        if (!link.streams()) {
            String reason = link.reason();
            away(line, reason.isEmpty() ? SUBSCRIBING : reason, DOWN_GRACE);
        } else if (line.dataState() != DataState.STALE && line.dataState() != DataState.FALLBACK) {
            say(line, DataState.WAITING, SUBSCRIBING);
        }
    }

    private String whyNoSlot() {
        String reason = pool.reason();
        return reason.isEmpty() ? noSlot() : reason;
    }

    private String noSlot() {
        return TopicState.NO_SLOT + ": " + slots.used() + " of " + slots.capacity() + " in use";
    }

    private void away(TopicLine line, String reason, long grace) {
        line.saidStalled = false;
        line.tickedSinceAway = false;
        line.forgetPace();
        if (fill != null && pool.refusal() == null) {
            fill.away(line, grace, pool.now());
        }
        if (isFilled(line)) {
            say(line, DataState.FALLBACK, reason);
        } else {
            String trouble = fill == null || line.filledAt == TopicLine.NEVER ? "" : fill.trouble();
            String said = line.isRecalled() ? reason + "; " + FROM_STORE : reason;
            String why = trouble.isEmpty() ? said : said + "; " + trouble;
            say(line, line.hasData() ? DataState.STALE : DataState.WAITING, why);
        }
    }

    /** It was held before it was known that the provider does not have it. */
    private void lost(TopicLine line, String why) {
        if (fill != null) {
            fill.back(line);
        }
        say(line, line.hasData() ? DataState.STALE : DataState.WAITING, why);
    }

    private boolean isFilled(TopicLine line) {
        return fill != null && fill.keepsFresh(line, pool.now());
    }

    private void say(TopicLine line, DataState state, String reason) {
        line.say(state, reason, wallMillis.getAsLong());
    }
}
