package io.tickmesh.upstream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Tick;
import io.tickmesh.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** A pool as it runs in a node, one topic of it held by that node, with nobody behind its socket and its bus. */
final class HeldPool implements PoolEngine.Uplink, UpstreamLine {
    /** Frames that one turn of the event loop reads, as in the simulator's load. */
    private static final int FRAMES_PER_TURN = 10;

    private static final String NODE = "n1";
    private static final long EPOCH = 9;
    private static final long NANOS = 77;
    private static final Secret MADE_UP = new Secret("made-up");

    private final String pool;
    private final PoolEngine engine;
    private final Outbox outbox;
    private final long wallMicros;
    private int link;
    private int frames;
    long ticks;
    private @Nullable PoolEvent last;

    HeldPool(CapturedFrame frame) {
        FeedConfig feed = feed(frame.providerName());
        Provider provider = frame.provider();
        PoolSetup setup = new PoolSetup(NODE, List.of(feed), UpstreamConfig.DEFAULTS, Duration.ofSeconds(5), provider);
        pool = setup.pool();
        wallMicros = frame.now();
        PoolMeters meters = new PoolMeters(new Metrics(new SimpleMeterRegistry()), pool);
        outbox = new Outbox(pool, NODE, EPOCH, meters, () -> {});
        Access access = new Access(feed, Map.of("approval", MADE_UP, "access", MADE_UP));
        PoolEngine.Memory memory = new PoolEngine.Memory(
                name -> new Retries(UpstreamConfig.DEFAULTS, () -> 0),
                each -> Pass.withoutTokens(access),
                Shelf.none());
        engine = new PoolEngine(setup, EPOCH, memory, this, outbox, meters, () -> wallMicros / 1000);
        begin(frame);
    }

    private static FeedConfig feed(String provider) {
        Map<String, Secret> credentials = provider.equals("upbit")
                ? Map.of()
                : Map.of("api_key", MADE_UP, "app_key", MADE_UP, "app_secret", MADE_UP);
        return new FeedConfig(
                "feed",
                provider,
                provider.equals("fmp") ? "stock" : "",
                FeedConfig.Mode.LIVE,
                "wss://example.org",
                "https://example.org",
                40,
                FeedConfig.Overflow.FALLBACK,
                credentials,
                null);
    }

    private void begin(CapturedFrame frame) {
        engine.start(new Beginning(new InterestBook(EPOCH), null, false, false), NANOS);
        engine.onInterest(
                new InterestUpdate(
                        NODE,
                        pool,
                        EPOCH,
                        1,
                        InterestUpdate.Form.FULL,
                        0,
                        List.of(new InterestUpdate.Entry(frame.topic(), 1, false))),
                NANOS);
        engine.links().get(0).onOpened(link, NANOS);
        switch (frame.providerName()) {
            case "fmp" -> take("{\"event\":\"login\",\"status\":200,\"message\":\"Authenticated\"}");
            case "kiwoom" -> take("{\"trnm\":\"LOGIN\",\"return_code\":0,\"return_msg\":\"\"}");
            default -> engine.say();
        }
        RisingFrame rising = frame.rising();
        for (int i = 0; i < 2 * FRAMES_PER_TURN; i++) {
            take(rising.next());
        }
        outbox.flush(this::carry);
        long before = ticks;
        take(rising.next());
        outbox.flush(this::carry);
        frames = 0;
        if (ticks != before + 1 || !(last instanceof Tick tick) || !tick.topic().equals(frame.topic())) {
            throw new IllegalStateException(frame + " makes no tick but " + last);
        }
    }

    private void take(String text) {
        take(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a frame as from the socket; at the end of a turn what came of it goes to the bus. */
    void take(byte[] message) {
        engine.links().get(0).onMessage(link, message, message.length, NANOS, wallMicros);
        engine.say();
        if (++frames == FRAMES_PER_TURN) {
            frames = 0;
            outbox.flush(this::carry);
        }
    }

    private void carry(String node, TickBatch batch) {
        List<PoolEvent> events = batch.events();
        ticks += events.size();
        last = events.get(events.size() - 1);
        engine.onReceipt(new LinkReceipt(node, pool, EPOCH, batch.number(), false), NANOS);
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
        // nobody is there
    }

    @Override
    public void ping() {
        // nobody is there
    }

    @Override
    public void close() {
        throw new IllegalStateException("the pool closes its connection");
    }

    @Override
    public void call(FeedConfig feed, RestCall call, ObjLongConsumer<@Nullable RestReply> then) {
        throw new IllegalStateException("the pool asks REST");
    }

    @Override
    public void ask(String node) {
        // it was told already
    }
}
