package io.tickmesh.upstream;

import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.market.FeedState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool within one epoch, without bus, socket or clock: interest and frames in, control frames and events out. A new
 * epoch gets a new one; nothing of the old one can leak into it.
 */
final class PoolEngine implements HeldTopics.Feed, FeedSession.Wire, FeedSession.Listener, Registrar.Listener {
    /** The socket of the pool, and the way to the other nodes. */
    interface Uplink {
        void connect(int link);

        void send(String text);

        void ping();

        void close();

        /** Asks a node for its whole interest. */
        void ask(String node);
    }

    private static final String PAUSED = "paused by an operator";

    private final PoolSetup setup;
    private final Retries retries;
    private final Uplink uplink;
    private final Outbox outbox;
    private final PoolMeters meters;
    private final PoolTopics topics;
    private final Pacer pacer;
    private final FeedSession session;
    private final Registrar registrar;
    private final FrameReader reader;
    private final HeldTopics held;
    private final StatusBoard board;
    private final Attendance attendance;
    private final PoolReport report;
    private final @Nullable Idle idle;
    private InterestBook book;
    private @Nullable FeedProtocol protocol;
    private boolean standingsChanged;
    private long now;

    PoolEngine(
            PoolSetup setup,
            long epoch,
            Retries retries,
            Uplink uplink,
            Outbox outbox,
            PoolMeters meters,
            LongSupplier wallMillis) {
        this.setup = setup;
        this.retries = retries;
        this.uplink = uplink;
        this.outbox = outbox;
        this.meters = meters;
        this.idle = Idle.of(setup);
        this.topics = new PoolTopics(epoch, meters);
        this.pacer = new Pacer(setup.provider().rules().framesPerSecond());
        this.session = new FeedSession(setup.timing(), retries, this, this);
        this.registrar = new Registrar(setup.timing(), setup.feed().maxSubscriptions(), setup.provider(), pacer, this);
        this.reader = new FrameReader(setup, session, registrar, topics, meters, uplink::send);
        this.held = new HeldTopics(setup, epoch, this, registrar, topics.book, outbox, wallMillis);
        this.board = new StatusBoard(setup, epoch, retries, registrar, outbox, meters, wallMillis);
        this.attendance = new Attendance(setup.linger());
        this.report = new PoolReport(meters, held, board, outbox, wallMillis);
        this.book = new InterestBook(epoch);
    }

    /** Begins with the interest that is known, and asks for what is not. */
    void start(Beginning beginning, long time) {
        now = time;
        book = beginning.book();
        report.sample(now);
        if (beginning.members() != null) {
            attend(beginning.members().names());
        }
        if (idle == null) {
            session.start(beginning.paused(), beginning.takeover(), now);
        }
        onChanged();
        book.replay(held);
        askTheUnknown();
    }

    void onInterest(InterestUpdate update, long time) {
        now = time;
        if (!book.apply(update, held)) {
            ask(update.node());
        }
        sayStandings();
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

    void onOpened(int link, long time) {
        now = time;
        session.onOpened(link, now);
    }

    void onClosed(int link, String cause, long time) {
        now = time;
        session.onClosed(link, setup.masked(cause), now);
    }

    /** The provider refused the account before there was a WebSocket. */
    void onUpgradeRefused(int link, String text, long time) {
        now = time;
        if (session.isCurrent(link)) {
            session.onRefused(LoginRefusal.NOT_ALLOWED, setup.masked(text), now);
        }
    }

    /** A message of the provider, in the first {@code length} bytes; {@code receivedAt} in microseconds since 1970. */
    void onMessage(int link, byte[] message, int length, long time, long receivedAt) {
        now = time;
        if (protocol != null && session.isCurrent(link)) {
            session.onFrame(now);
            reader.read(protocol, message, length, now, receivedAt);
            sayStandings();
        }
    }

    /** An operator wants the upstream closed, or open again. */
    void pause(boolean paused, long time) {
        now = time;
        if (idle != null) {
            return;
        }
        if (paused) {
            session.pause(now);
        } else {
            session.resume(now);
        }
        held.refresh();
    }

    /** Connects anew at once, as an operator asked; null, or why not. */
    @Nullable
    String reconnect(long time) {
        now = time;
        if (idle != null || session.state() == FeedState.PAUSED) {
            return reason();
        }
        session.reconnect(now);
        return null;
    }

    /** Does what has become due. */
    void wake(long time) {
        now = time;
        session.wake(now);
        registrar.wake(now);
        sayStandings();
    }

    /** One word for all codes that a frame or a moment settled. */
    private void sayStandings() {
        if (standingsChanged) {
            standingsChanged = false;
            onChanged();
        }
    }

    long nanosToWake(long time) {
        return Math.min(session.nanosToWake(time), registrar.nanosToWake(time));
    }

    /** Ends without a word to anyone. */
    void stop() {
        session.stop();
        meters.onPassive();
    }

    PoolReport report() {
        return report;
    }

    /** What the nodes hold, to look at. */
    InterestBook interest() {
        return book;
    }

    @Override
    public FeedState state() {
        return idle == null ? session.state() : idle.state();
    }

    @Override
    public String reason() {
        if (idle != null) {
            return idle.reason();
        }
        return session.state() == FeedState.PAUSED ? PAUSED : retries.reason();
    }

    @Override
    public @Nullable String refusal() {
        return idle == null ? null : idle.refusal();
    }

    @Override
    public void introduce(Lane lane) {
        board.introduce(lane);
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void onStanding(String code) {
        held.refresh(code);
        standingsChanged = true;
    }

    @Override
    public void onStreaming(long time) {
        registrar.onConnected(time);
        held.refresh();
        onChanged();
    }

    @Override
    public void onDown(SessionEnd end, long time) {
        meters.onClosed(end);
        if (end.isError()) {
            report.onError(retries.reason());
        }
        registrar.onDisconnected(time);
        held.refresh();
    }

    @Override
    public void onChanged() {
        board.say(state(), reason(), now);
    }

    @Override
    public void connect(int link) {
        protocol = setup.provider()
                .protocol(
                        new Access(setup.feed(), Map.of()),
                        setup.provider().links(setup.feed()).get(0));
        meters.connects.increment();
        uplink.connect(link);
    }

    @Override
    public boolean login() {
        @Nullable String login = protocol == null ? null : protocol.login();
        if (login == null) {
            return false;
        }
        pacer.onSent(now);
        uplink.send(login);
        return true;
    }

    @Override
    public void ping() {
        uplink.ping();
    }

    @Override
    public void close() {
        uplink.close();
    }

    @Override
    public void transmit(ControlOp op, List<String> codes) {
        if (protocol != null) {
            uplink.send(op == ControlOp.SUBSCRIBE ? protocol.subscribe(codes) : protocol.unsubscribe(codes));
        }
    }

    @Override
    public void onAckTimeout() {
        meters.ackTimeouts.increment();
    }
}
