package io.tickmesh.upstream;

import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Position;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool within one epoch, without bus, socket or clock: interest and frames in, control frames and events out. A new
 * epoch gets a new one; nothing of the old one can leak into it.
 */
final class PoolEngine implements HeldTopics.Pool, FeedLink.Pool, RestFill.Pool {
    /** The sockets of the pool, and the way to the other nodes. */
    interface Uplink extends RestFill.Line {
        UpstreamLine line(LinkPlan plan);

        /** Asks a node for its whole interest. */
        void ask(String node);
    }

    /** What outlives an epoch: pauses by the name of the connection, tokens by that of the feed, and what is stored. */
    record Memory(Function<String, Retries> retries, Function<FeedConfig, Pass> passes, Shelf shelf) {}

    private static final int BEATS_PER_ROUND = 10;
    private static final String WITHOUT_SOCKET = "the feed works on REST alone";

    private final Uplink uplink;
    private final Outbox outbox;
    private final PoolMeters meters;
    private final PoolTopics topics;
    private final HeldTopics held;
    private final StatusBoard board;
    private final Attendance attendance;
    private final PoolReport report;
    private final List<FeedLink> links = new ArrayList<>();
    private final @Nullable RestFill fill;
    private final Catalogue catalogue;
    private final Set<FeedLink> changed = new LinkedHashSet<>();
    private InterestBook book;
    private boolean everythingChanged;
    private long beats;
    private long now;

    PoolEngine(
            PoolSetup setup,
            long epoch,
            Memory memory,
            Uplink uplink,
            Outbox outbox,
            PoolMeters meters,
            LongSupplier wallMillis) {
        this.uplink = uplink;
        this.outbox = outbox;
        this.meters = meters;
        this.topics = new PoolTopics(epoch, setup.historyBytes(), meters, memory.shelf());
        this.held = new HeldTopics(setup, epoch, this, topics, outbox, wallMillis);
        this.board = new StatusBoard(setup, epoch, outbox, meters, wallMillis);
        this.attendance = new Attendance(setup.linger());
        this.report = new PoolReport(meters, held, board, outbox, wallMillis);
        this.book = new InterestBook(epoch);
        for (FeedConfig feed : setup.feeds()) {
            Pass pass = memory.passes().apply(feed);
            if (feed.manner().socket() == FeedConfig.SocketMode.DISABLED) {
                continue;
            }
            for (LinkPlan plan : setup.provider().links(feed)) {
                FeedLink.Place place =
                        new FeedLink.Place(setup, feed, plan, memory.retries().apply(plan.name()));
                FeedLink link = new FeedLink(place, meters, this, uplink.line(plan), pass);
                links.add(link);
                held.slots.add(link, plan.slots());
            }
        }
        this.fill = fill(setup, memory);
        held.fillBy(fill);
        this.catalogue = new Catalogue(setup, memory, uplink, () -> everythingChanged = true);
    }

    /** One account does for all: what has no socket is seldom so much that the pace of one is not enough. */
    private @Nullable RestFill fill(PoolSetup setup, Memory memory) {
        @Nullable RestLanguage language = setup.provider().rest();
        for (FeedConfig feed : setup.feeds()) {
            boolean wanted =
                    feed.manner().socket() != FeedConfig.SocketMode.FULL && Idle.of(feed, setup.provider()) == null;
            if (language != null && wanted) {
                RestFill.Place place =
                        new RestFill.Place(setup, feed, memory.passes().apply(feed), topics, meters);
                return new RestFill(
                        place, language, uplink, this, topic -> weight(topic).sessions());
            }
        }
        return null;
    }

    /** Begins with the interest that is known, and asks for what is not. */
    void start(Beginning beginning, long time) {
        now = time;
        book = beginning.book();
        report.sample(now);
        if (beginning.members() != null) {
            attend(beginning.members().names());
        }
        Set<String> begun = new TreeSet<>();
        for (FeedLink link : links) {
            link.start(beginning.paused(), beginning.takeover(), begun.add(link.feed.id()), now);
        }
        say();
        book.replay(held);
        askTheUnknown();
    }

    void onInterest(InterestUpdate update, long time) {
        now = time;
        held.slots.onWeights();
        if (!book.apply(update, held)) {
            ask(update.node());
        }
        say();
    }

    void onReceipt(LinkReceipt receipt, long time) {
        now = time;
        Lane lane = outbox.lane(receipt.node());
        lane.onReceipt(receipt.number(), receipt.missed(), now);
        refreshIfDue(lane);
    }

    private void refreshIfDue(Lane lane) {
        if (lane.takeRefresh(now)) {
            meters.refreshes.increment();
            book.replay(lane.node, held);
        }
    }

    void onMembers(Set<String> names, long time) {
        now = time;
        attend(names);
    }

    /** What waits for a node that left is dropped at once; its interest only when it does not come back. */
    private void attend(Set<String> names) {
        for (String node : attendance.present()) {
            if (!names.contains(node)) {
                outbox.lane(node).close();
                book.doubt(node);
            }
        }
        for (String node : names) {
            Lane lane = outbox.lane(node);
            if (!attendance.has(node)) {
                lane.open();
                board.introduce(lane);
            }
        }
        attendance.update(names, book.nodes(), now);
    }

    /** To be called every half second: nodes that have not told are asked, and absent ones forgotten in time. */
    void beat(long time) {
        now = time;
        for (String node : attendance.expired(now)) {
            book.forget(node, held);
        }
        askTheUnknown();
        outbox.lanes().forEach(this::refreshIfDue);
        held.slots.settle(now);
        beats++;
        held.review(beats % BEATS_PER_ROUND == 0);
        say();
    }

    private void askTheUnknown() {
        Set<String> nodes = new TreeSet<>(attendance.present());
        if (!attendance.told()) {
            nodes.addAll(book.nodes());
        }
        for (String node : nodes) {
            if (!book.knows(node)) {
                ask(node);
            }
        }
    }

    private void ask(String node) {
        meters.asks.increment();
        uplink.ask(node);
    }

    /** The connections, in the order in which they are filled. */
    List<FeedLink> links() {
        return links;
    }

    /** To be called after something happened to a connection: says what came of it. */
    void say() {
        if (everythingChanged) {
            everythingChanged = false;
            held.slots.settle(now);
            held.refresh();
        }
        if (!changed.isEmpty()) {
            changed.forEach(link -> board.say(link, now));
            changed.clear();
        }
    }

    /** An operator wants the upstream closed, or open again. */
    void pause(boolean paused, long time) {
        links.forEach(link -> link.pause(paused, time));
        say();
    }

    /** Connects anew at once, as an operator asked; null, or why not. */
    @Nullable
    String reconnect(long time) {
        @Nullable String refusal = null;
        held.slots.forgetLimits();
        for (FeedLink link : links) {
            if (link.state() != FeedState.PASSIVE) {
                refusal = link.reconnect(time);
            }
        }
        say();
        return refusal;
    }

    /** Does what has become due. */
    void wake(long time) {
        links.forEach(link -> link.wake(time));
        catalogue.wake(time);
        if (fill != null) {
            fill.wake(time);
        }
        say();
    }

    long nanosToWake(long time) {
        long next = catalogue.nanosToWake(time);
        for (FeedLink link : links) {
            next = Math.min(next, link.nanosToWake(time));
        }
        return fill == null ? next : Math.min(next, fill.nanosToWake(time));
    }

    /** Ends without a word to anyone. */
    void stop() {
        links.forEach(FeedLink::stop);
        meters.onPassive();
    }

    /** What followed a position; null where the history of this epoch does not reach back so far. */
    @Nullable
    List<Tick> after(Position position) {
        return topics.history.after(position);
    }

    PoolReport report() {
        return report;
    }

    /** What the nodes hold, to look at. */
    InterestBook interest() {
        return book;
    }

    @Override
    public String reason() {
        for (FeedLink link : links) {
            if (link.usable()) {
                return link.streams() ? "" : link.reason();
            }
        }
        return links.isEmpty() ? WITHOUT_SOCKET : links.get(0).reason();
    }

    @Override
    public @Nullable String refusal() {
        for (FeedLink link : links) {
            if (link.refusal() == null) {
                return null;
            }
        }
        return links.isEmpty() ? null : links.get(0).refusal();
    }

    @Override
    public @Nullable String unknown(Topic topic) {
        return catalogue.unknown(topic);
    }

    @Override
    public void introduce(Lane lane) {
        board.introduce(lane);
    }

    @Override
    public Weight weight(Topic topic) {
        return book.weight(topic);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void at(long time) {
        now = time;
    }

    @Override
    public void onReading(FeedLink link, Kind kind, Reading reading, long receivedAt) {
        String key = kind == Kind.NOTICE ? HeldTopics.noticeKey(link.feed.id()) : reading.key();
        List<TopicLine> lines = topics.linesOf(kind, key);
        for (int i = 0; i < lines.size(); i++) {
            TopicLine line = lines.get(i);
            if (line.held() && line.isMeantBy(reading)) {
                confirm(link, line);
                topics.tell(line, reading, receivedAt, now);
                if (!line.isLive()) {
                    held.onTick(line);
                }
            }
        }
    }

    private static void confirm(FeedLink link, TopicLine line) {
        @Nullable Registration serving = line.serving();
        if (serving != null && !line.isLive()) {
            link.confirm(serving.code());
        }
    }

    @Override
    public void onTradeBreak(FeedLink link, Reading reading, long receivedAt) {
        List<TopicLine> lines = topics.linesOf(Kind.TRADE, reading.key());
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).held()) {
                confirm(link, lines.get(i));
                topics.tellBreak(lines.get(i), reading, receivedAt);
            }
        }
    }

    @Override
    public void onRegistration(FeedLink link, String code, Registered what, String text) {
        changed.add(link);
        switch (what) {
            case SENT -> held.slots.onSeen(link, code, false, now);
            case CONFIRMED -> {
                held.slots.onSeen(link, code, true, now);
                held.onConfirmed(link, code);
            }
            case REFUSED -> held.slots.onRefused(link, code, text, now);
            case FULL -> held.slots.onFull(link, code, now);
            case GONE -> held.slots.onGone(link, code, now);
        }
    }

    @Override
    public void onFilled(TopicLine line) {
        held.onFilled(line);
    }

    @Override
    public void onStreaming(FeedLink link) {
        held.slots.onConnected(now);
    }

    @Override
    public void onError(FeedLink link) {
        report.onError(link.retries().reason());
    }

    @Override
    public void onRest(FeedLink link, Duration pause) {
        links.stream()
                .filter(each -> each.feed.equals(link.feed))
                .forEach(each -> each.retries().restUntil(now + pause.toNanos(), now));
    }

    @Override
    public void onState(FeedLink link) {
        changed.add(link);
        everythingChanged = true;
    }
}
