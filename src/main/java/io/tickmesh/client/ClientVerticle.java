package io.tickmesh.client;

import io.micrometer.core.instrument.Timer;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.ChannelEvents;
import io.tickmesh.bus.HistoryQuery;
import io.tickmesh.bus.HistoryReport;
import io.tickmesh.bus.HolderCounts;
import io.tickmesh.bus.HubEvents;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.Leaving;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.Readiness;
import io.tickmesh.bus.Released;
import io.tickmesh.bus.Replay;
import io.tickmesh.bus.ReplayHeld;
import io.tickmesh.client.channels.ChannelsDialect;
import io.tickmesh.client.channels.ChannelsRoutes;
import io.tickmesh.client.eventbus.BridgeDialect;
import io.tickmesh.client.prices.PricesDialect;
import io.tickmesh.client.prices.PricesRoutes;
import io.tickmesh.client.sockjs.SockJsRoutes;
import io.tickmesh.client.sockjs.SockJsSessions;
import io.tickmesh.client.sse.SseRoutes;
import io.tickmesh.client.stock.StockDialect;
import io.tickmesh.client.stream.StreamDialect;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.config.DoorConfig;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.config.SecurityConfig;
import io.tickmesh.config.StockConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Position;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client port on one event loop: its hub, its sessions, the doors of all dialects and the REST routes. */
public final class ClientVerticle extends VerticleBase {
    private static final long CARE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int ANSWER_WAIT_MILLIS = 3_000;

    private final Setup setup;
    private final int loop;
    private final Hub hub;
    private final Sessions sessions;
    private final SessionDesk desk;
    private final Departure departure =
            new Departure(() -> ThreadLocalRandom.current().nextDouble());
    private final Map<String, Dialect> sockJs = new HashMap<>();
    private int sessionsOfNode;
    private volatile int waiting;
    private @Nullable Timer lag;
    private int port;

    /**
     * What a node lets its clients do.
     *
     * @param stock contract 2
     * @param channels contract 3
     */
    public record Rules(
            DoorConfig door,
            LimitsConfig limits,
            StockConfig stock,
            ChannelsConfig channels,
            SecurityConfig security) {}

    /**
     * What the event loops of a node have in common.
     *
     * @param connections open sessions of the whole node
     */
    record Shared(TopicNumbers numbers, AtomicInteger connections, AtomicInteger nextLoop, SockJsSessions sockJs) {
        Shared() {
            this(new TopicNumbers(), new AtomicInteger(), new AtomicInteger(), new SockJsSessions());
        }
    }

    /**
     * What makes the client port of a node.
     *
     * @param noticeFeeds the feeds whose private news every client may have; none unless an operator says so
     */
    public record Setup(
            String node, Rules rules, Catalog catalog, Metrics metrics, Set<String> noticeFeeds, Shared shared) {
        public Setup(String node, Rules rules, Catalog catalog, Metrics metrics, Set<String> noticeFeeds) {
            this(node, rules, catalog, metrics, Set.copyOf(noticeFeeds), new Shared());
        }

        LimitsConfig limits() {
            return rules.limits();
        }

        AtomicInteger connections() {
            return shared.connections();
        }
    }

    public ClientVerticle(Setup setup) {
        this.setup = setup;
        this.loop = setup.shared().nextLoop().getAndIncrement();
        this.hub = new Hub(loop, setup.shared().numbers());
        this.sessions = new Sessions(hub, loop, setup);
        this.desk = new SessionDesk(setup.node(), loop, hub);
    }

    @Override
    public Future<?> start() {
        Coalescing coalescing = new Coalescing(
                setup.limits().coalesceAbove(), setup.limits().coalesceWait().toMillis(), System.nanoTime());
        hub.turn(new Turn(this::later, coalescing, this::tellHolders, sessions::publishMeters));
        hub.wheel(new TimerWheel(System::nanoTime, (millis, task) -> vertx.setTimer(millis, timer -> task.run())));
        lag = setup.metrics().loopLag(Integer.toString(loop));
        careSoon();
        setup.metrics().gauge(Level.CLIENT_WAITING, () -> waiting, Integer.toString(loop));
        HttpServer server = vertx.createHttpServer(options());
        ChannelsDialect channels =
                new ChannelsDialect(loop, setup.rules().channels(), new NodeBus(vertx.eventBus()), setup.metrics());
        SockJsSessions sockJsSessions = setup.shared().sockJs();
        Doors doors = new Doors(dialects(channels), sockJs, sockJsSessions, sessions, this::open);
        Router router = Router.router(vertx);
        JsonAnswers.mountOn(router, setup.limits().bodyBytes());
        new PricesRoutes(new NodeBus(vertx.eventBus()), setup.catalog(), setup.limits()).mountOn(router);
        new ChannelsRoutes(new NodeBus(vertx.eventBus())).mountOn(router);
        SockJsRoutes sockJsRoutes = new SockJsRoutes(vertx, setup.limits(), sessions, sockJsSessions);
        sockJs.forEach((path, dialect) -> sockJsRoutes.mountOn(router, path, dialect));
        new SseRoutes(vertx, setup.catalog(), sessions, doors.dialectAt("/stream")).mountOn(router);
        new SiteRoutes().mountOn(router);
        return Future.all(listen(doors), listen(channels))
                .onSuccess(ready -> new NodeBus(vertx.eventBus()).send(Addresses.REPLAY, new Replay(loop, List.of())))
                .compose(ready -> server.requestHandler(request -> {
                            if (!doors.take(request)) {
                                router.handle(request);
                            }
                        })
                        .listen(
                                setup.rules().door().port(),
                                setup.rules().door().host()))
                .onSuccess(listening -> port = listening.actualPort());
    }

    private void later(long millis, Runnable task) {
        if (millis == 0) {
            context.runOnContext(turn -> task.run());
        } else {
            vertx.setTimer(millis, timer -> task.run());
        }
    }

    private Future<?> listen(Doors doors) {
        EventBus bus = vertx.eventBus();
        return Future.all(
                bus.<HubEvents>localConsumer(Addresses.hub(loop), message -> hub.onEvents(message.body()))
                        .completion(),
                bus.<Released>localConsumer(
                                Addresses.hubReleases(loop),
                                message -> hub.wildcards().onReleased(message.body()))
                        .completion(),
                bus.<Inquiry>localConsumer(
                                Addresses.inquiry("sessions." + loop),
                                message -> message.reply(desk.answer(message.body())))
                        .completion(),
                bus.<Leaving>localConsumer(Addresses.LEAVING, message -> onLeaving(message.body(), doors))
                        .completion(),
                bus.<Readiness>localConsumer(Addresses.READINESS, message -> sessions.onReadiness(message.body()))
                        .completion());
    }

    private Future<?> listen(ChannelsDialect channels) {
        vertx.setPeriodic(setup.rules().channels().heartbeatInterval().toMillis(), timer -> channels.beat());
        EventBus bus = vertx.eventBus();
        return Future.all(
                bus.<ChannelEvents>localConsumer(
                                Addresses.channelEvents(loop), message -> channels.onEvents(message.body()))
                        .completion(),
                bus.<Inquiry>localConsumer(
                                Addresses.inquiry(Addresses.CHANNELS + '.' + loop),
                                message -> message.reply(channels.answer(message.body())))
                        .completion());
    }

    private void onLeaving(Leaving leaving, Doors doors) {
        doors.leave();
        // another event loop may have closed its sessions before this one is told to
        sessionsOfNode = Math.max(sessionsOfNode, setup.connections().get());
        if (leaving.closing()) {
            departure.leave(List.copyOf(hub.sessions()), sessionsOfNode, System.nanoTime());
        }
    }

    /** Where the client port is, once started. */
    public int port() {
        return port;
    }

    /** No HTTP/2: SockJS ends a poll by closing its connection, and others may share that one. */
    private HttpServerOptions options() {
        LimitsConfig limits = setup.limits();
        int largest = Math.max(limits.messageBytes(), setup.rules().channels().maxMessageSize());
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(largest)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setSendBufferSize(limits.sendBufferBytes())
                .setAcceptBacklog(4096);
    }

    private Map<String, Dialect> dialects(Dialect channels) {
        Dialect prices = new PricesDialect(setup.catalog(), setup.limits());
        StreamDialect stream = new StreamDialect(
                setup.node(),
                hub,
                setup.catalog(),
                setup.limits(),
                setup.noticeFeeds(),
                (after, task) -> vertx.setTimer(after.toMillis(), timer -> task.run()),
                Clock.systemUTC()::millis);
        Dialect stock = new StockDialect(
                setup.catalog(),
                setup.limits(),
                setup.rules().stock(),
                (after, task) -> vertx.setTimer(after.toMillis(), timer -> task.run()));
        stream.historyFrom(this::findHistory);
        stream.allowWildcards(setup.rules().security().wildcards());
        Dialect bridge = bridge(stream);
        sessions.admit(List.of(prices, stock, stream, bridge, channels));
        sockJs.put("/sockjs/stream", stream);
        sockJs.put("/eventbus", bridge);
        return Map.of(
                "/api/v2/realtime/ws/prices",
                prices,
                "/ws/stock/",
                stock,
                "/ws/*",
                channels,
                "/stream",
                stream,
                "/sockjs/stream/websocket",
                stream,
                "/eventbus/websocket",
                bridge);
    }

    private Dialect bridge(StreamDialect stream) {
        return new BridgeDialect(
                stream::plainAudienceOf,
                setup.catalog(),
                setup.limits(),
                setup.noticeFeeds(),
                () -> new JsonObject().put("node", setup.node()).put("time", System.currentTimeMillis()),
                task -> vertx.setTimer(ANSWER_WAIT_MILLIS, timer -> task.run()));
    }

    private void findHistory(List<Position> positions, Consumer<Map<Topic, List<Tick>>> then) {
        new NodeBus(vertx.eventBus())
                .<HistoryReport>request(Addresses.HISTORY, new HistoryQuery(positions))
                .onComplete(found ->
                        then.accept(found.succeeded() ? found.result().body().ticks() : Map.of()));
    }

    private void open(ServerWebSocket socket, Doors.Door door, Visit visit) {
        int largest = sessions.boundsOf(door.dialect()).messageBytes();
        @Nullable WebSocketTransport transport = WebSocketTransport.takeOver(socket, context, largest);
        if (transport == null) {
            return;
        }
        Session session = sessions.open(door.framing().over(transport), door.dialect(), visit);
        sessions.greet(session);
        transport.listen(new SocketVisitor(sessions, session, door.framing()));
    }

    private void tellHolders() {
        for (String prefix : hub.wildcards().takePrefixes()) {
            new NodeBus(vertx.eventBus()).send(Addresses.REPLAY_HELD, new ReplayHeld(loop, prefix));
        }
        HolderCounts counts = hub.takeChanges();
        if (counts != null) {
            new NodeBus(vertx.eventBus()).send(Addresses.HOLDERS, counts);
        }
    }

    private void careSoon() {
        long due = System.nanoTime() + CARE_NANOS;
        vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(CARE_NANOS), timer -> {
            care(System.nanoTime() - due);
            careSoon();
        });
    }

    /** Pings all, and ends those that are silent or stuck for too long; after a pause of our own nobody is to blame. */
    private void care(long lateNanos) {
        long now = System.nanoTime();
        if (lag != null) {
            lag.record(Math.max(0, lateNanos), TimeUnit.NANOSECONDS);
        }
        waiting = sessions.care(now, lateNanos > CARE_NANOS);
    }

    @Override
    public Future<?> stop() {
        List.copyOf(hub.sessions()).forEach(session -> session.close(CloseReason.GOING_AWAY));
        return Future.succeededFuture();
    }
}
