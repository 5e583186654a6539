package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** A pool's engine with a hand on its time, its socket and its bus. */
final class EngineBench implements PoolEngine.Uplink, UpstreamLine {
    static final long WALL_MILLIS = 1_827_302_400_500L;

    final List<String> sent = new ArrayList<>();
    final Map<String, List<TickBatch>> batches = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    final List<RestCall> calls = new ArrayList<>();
    private final List<ObjLongConsumer<@Nullable RestReply>> answers = new ArrayList<>();
    final Retries retries = new Retries(UpstreamConfig.DEFAULTS, () -> 0);
    final Metrics metrics = new Metrics(new SimpleMeterRegistry());
    final PoolSetup setup;
    private final Shelf shelf;
    final PoolMeters meters;
    long now = 77;
    int link;
    int closes;
    int pings;
    PoolEngine engine;
    boolean paused;
    boolean takeover;
    private InterestBook book = new InterestBook(9);
    private Outbox outbox;
    private long epoch;
    private @Nullable Members members;

    EngineBench(PoolSetup setup) {
        this(setup, Shelf.none());
    }

    EngineBench(PoolSetup setup, Shelf shelf) {
        this.setup = setup;
        this.shelf = shelf;
        this.meters = new PoolMeters(metrics, setup.pool());
        this.outbox = new Outbox(setup.pool(), "n1", 9, meters, () -> {});
        this.engine = engine(9);
    }

    private PoolEngine engine(long number) {
        epoch = number;
        book = new InterestBook(epoch);
        PoolEngine.Memory memory =
                new PoolEngine.Memory(name -> retries, feed -> Pass.withoutTokens(new Access(feed, Map.of())), shelf);
        return new PoolEngine(setup, epoch, memory, this, outbox, meters, this::wallMillis);
    }

    long wallMillis() {
        return WALL_MILLIS + now / MILLI;
    }

    EngineBench start() {
        engine.start(new Beginning(book, members, paused, takeover), now);
        return this;
    }

    /** Starts, logs in and registers what the nodes asked for. */
    EngineBench streaming() {
        start();
        open();
        frame("{'event':'login','status':200,'message':'Authenticated'}");
        return this;
    }

    void open() {
        link().onOpened(link, now);
        engine.say();
    }

    void newEpoch(long number) {
        engine.stop();
        outbox = new Outbox(setup.pool(), "n1", number, meters, () -> {});
        engine = engine(number);
        start();
    }

    void acknowledge() {
        frame("{'event':'subscribe','status':200,'message':'Subscribed'}");
    }

    /** A frame with single quotes for double ones. */
    void frame(String text) {
        byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        link().onMessage(link, bytes, bytes.length, now, wallMillis() * 1000);
        engine.say();
    }

    void pass(long nanos) {
        long end = now + nanos;
        while (end - now > 0) {
            now += Math.min(end - now, Math.max(1, engine.nanosToWake(now)));
            engine.wake(now);
        }
    }

    /** A node's interest changes, told in full the first time; a topic with a minus before it is released. */
    void interest(String node, long number, String... topics) {
        update(node, number, number == 1, topics);
    }

    void members(String... names) {
        members = new Members(new TreeSet<>(List.of(names)));
        engine.onMembers(members.names(), now);
    }

    void receipt(String node, long number, boolean missed) {
        engine.onReceipt(new LinkReceipt(node, setup.pool(), epoch, number, missed), now);
    }

    void update(String node, long number, boolean full, String... topics) {
        List<InterestUpdate.Entry> entries = Arrays.stream(topics)
                .map(text -> text.startsWith("-")
                        ? new InterestUpdate.Entry(Topic.parse(text.substring(1)), 0, false)
                        : new InterestUpdate.Entry(Topic.parse(text), 1, false))
                .toList();
        InterestUpdate update = new InterestUpdate(
                node,
                setup.pool(),
                epoch,
                number,
                full ? InterestUpdate.Form.FULL : InterestUpdate.Form.CHANGE,
                0,
                entries);
        engine.onInterest(update, now);
    }

    /** What the node was told since the last call. */
    List<PoolEvent> told(String node) {
        outbox.flush((to, batch) ->
                batches.computeIfAbsent(to, added -> new ArrayList<>()).add(batch));
        List<PoolEvent> events = new ArrayList<>();
        List<TickBatch> taken = batches.remove(node);
        if (taken != null) {
            taken.forEach(batch -> events.addAll(batch.events()));
        }
        return events;
    }

    <T> List<T> told(String node, Class<T> type) {
        return told(node).stream().filter(type::isInstance).map(type::cast).toList();
    }

    Outbox outbox() {
        return outbox;
    }

    double count(Count count) {
        Counter counter = metrics.counter(count, setup.pool());
        return counter.count();
    }

    void lose() {
        link().onClosed(link, "without a Close frame", now);
        engine.say();
    }

    void reconnect() {
        pass(SECOND);
        open();
        frame("{'event':'login','status':200,'message':'Authenticated'}");
    }

    FeedLink link() {
        return engine.links().get(0);
    }

    @Override
    public UpstreamLine line(LinkPlan plan) {
        return this;
    }

    @Override
    public void connect(int number, Map<String, String> headers) {
        link = number;
    }

    @Override
    public void send(String text) {
        sent.add(text.replace('"', '\''));
    }

    @Override
    public void call(FeedConfig feed, RestCall call, ObjLongConsumer<@Nullable RestReply> then) {
        calls.add(call);
        answers.add(then);
    }

    /** Answers the oldest call that waits for it; null for no answer. */
    void answer(@Nullable RestReply reply) {
        answers.remove(0).accept(reply, now);
        engine.say();
    }

    @Override
    public void ask(String node) {
        asked.add(node);
    }

    @Override
    public void ping() {
        pings++;
    }

    @Override
    public void close() {
        closes++;
    }
}
