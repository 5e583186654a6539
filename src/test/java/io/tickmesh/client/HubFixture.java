package io.tickmesh.client;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.HolderCounts;
import io.tickmesh.bus.HubEvents;
import io.tickmesh.client.prices.PricesDialect;
import io.tickmesh.client.stream.StreamDialect;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.Answer;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.DataState;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Kind;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Symbology;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A hub with sessions over fake transports, its turns run by hand. */
abstract class HubFixture {
    static final Topic AAPL = Topic.parse("trade/fmp:AAPL");
    static final TopicState LIVE = new TopicState(DataState.LIVE, "", 1);
    static final TopicState STALE = new TopicState(DataState.STALE, "upstream gone", 2);
    static final int MOST_ANSWERS = 5;
    static final SessionBounds BOUNDS = new SessionBounds(
            65_536, MOST_ANSWERS, Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(60), 200);

    private final Deque<Runnable> laterTasks = new ArrayDeque<>();
    final List<Runnable> timers = new ArrayList<>();
    final List<HolderCounts> told = new ArrayList<>();
    final Hub hub = new Hub(3, new TopicNumbers());
    final List<Runnable> wheelTurns = new ArrayList<>();
    long nanoTime = 1_000_000_000_000L;
    private final Catalog catalog = new Catalog(List.of(new AnySymbols()));
    private final Metrics metrics = new Metrics(new SimpleMeterRegistry());
    final StreamDialect stream = new StreamDialect(
            "node-1",
            hub,
            catalog,
            LimitsConfig.DEFAULTS,
            Set.of("fmp-1"),
            (Duration after, Runnable task) -> timers.add(task),
            () -> 5);
    final Dialect prices = new PricesDialect(catalog, LimitsConfig.DEFAULTS);
    private final DialectMeters meters = new DialectMeters("test", 0, metrics);

    HubFixture() {
        hub.turn(new Turn((millis, task) -> laterTasks.add(task), new Coalescing(30_000, 0, 0), this::tell, () -> {}));
        hub.wheel(new TimerWheel(() -> nanoTime, (millis, task) -> wheelTurns.add(task)));
    }

    private void tell() {
        HolderCounts counts = hub.takeChanges();
        if (counts != null) {
            told.add(counts);
        }
    }

    /** A provider that has trades and quotes of anything. */
    private static final class AnySymbols implements Symbology {
        @Override
        public String provider() {
            return "fmp";
        }

        @Override
        public String canonical(String symbol) {
            return symbol;
        }

        @Override
        public Set<Kind> kindsOf(String symbol) {
            return Set.of(Kind.TRADE, Kind.QUOTE);
        }

        @Override
        public void requireOffered(Topic topic) {}

        @Override
        public String poolOf(String symbol) {
            return "fmp.stock";
        }
    }

    /** A client that came by that path and said nothing else. */
    static Visit visit(String path) {
        return new Visit(path, MultiMap.caseInsensitiveMultiMap(), Map.of(), "test");
    }

    FakeTransport connect(Dialect dialect, List<Session> sessions) {
        FakeTransport transport = new FakeTransport();
        open(dialect, transport, sessions);
        return transport;
    }

    Session open(Dialect dialect, Transport transport, List<Session> sessions) {
        Session session =
                new Session(new Origin(sessions.size() + 1L, 4, visit("/")), transport, dialect, meters, hub, BOUNDS);
        sessions.add(session);
        hub.open(session);
        turns();
        return session;
    }

    void turns() {
        while (!laterTasks.isEmpty()) {
            laterTasks.poll().run();
        }
    }

    /** Lets time pass, and the timer of the event loop go off meanwhile. */
    void pass(long millis) {
        for (long passed = 0; passed < millis; passed += 10) {
            nanoTime += 10_000_000;
            List<Runnable> due = List.copyOf(wheelTurns);
            wheelTurns.clear();
            due.forEach(Runnable::run);
            turns();
        }
    }

    static Trade trade(long epoch, long seq) {
        return new Trade(AAPL, epoch, seq, 1_000 * seq, 1_000 * seq, Decimal.of(100 + seq), null, null, null, null);
    }

    void events(PoolEvent... events) {
        hub.onEvents(new HubEvents(List.of(events)));
        turns();
    }

    void say(Session session, String json) {
        session.dialect().onText(session, json.replace('\'', '"'));
        turns();
    }

    void subscribe(Session session) {
        say(session, "{'type':'subscribe','id':1,'topics':['trade/fmp:AAPL']}");
    }

    static Answer answer(long epoch, long seq, @Nullable Trade newest) {
        return new Answer(AAPL, null, LIVE, epoch, seq, newest);
    }
}
