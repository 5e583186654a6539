package io.tickmesh.client;

import io.micrometer.core.instrument.Timer;
import io.tickmesh.bus.Addresses;
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
import io.tickmesh.client.eventbus.BridgeDialect;
import io.tickmesh.bus.ReplayHeld;
import io.tickmesh.client.prices.PricesDialect;
import io.tickmesh.client.prices.PricesRoutes;
import io.tickmesh.client.sockjs.SockJsRoutes;
import io.tickmesh.client.sockjs.SockJsSessions;
import io.tickmesh.client.sse.SseRoutes;
import io.tickmesh.client.stream.StreamDialect;
import io.tickmesh.config.DoorConfig;
import io.tickmesh.config.LimitsConfig;
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
    private static final int LAST_WORDS_MILLIS = 250;

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
     * What all event loops of the node share.
     *
     * @param noticeFeeds the feeds whose private news every client may have; none unless an operator says so
     * @param connections open sessions of the whole node
     * @param sockJsSessions those of them that came by SockJS over HTTP
     */
    public record Setup(
            String node,
            DoorConfig door,
            LimitsConfig limits,
            Catalog catalog,
            Metrics metrics,
            Set<String> noticeFeeds,
            boolean wildcards,
            TopicNumbers numbers,
            AtomicInteger connections,
            AtomicInteger nextLoop,
            SockJsSessions sockJsSessions) {
        public Setup(String node, DoorConfig door, LimitsConfig limits, Catalog catalog, Metrics metrics) {
            this(
                    node,
                    door,
                    limits,
                    catalog,
                    metrics,
                    Set.of(),
                    false,
                    new TopicNumbers(),
                    new AtomicInteger(),
                    new AtomicInteger(),
                    new SockJsSessions());
        }

        /** The same with the private news of these feeds. */
        public Setup withNotices(Set<String> feeds) {
            return new Setup(
                    node,
                    door,
                    limits,
                    catalog,
                    metrics,
                    Set.copyOf(feeds),
                    wildcards,
                    numbers,
                    connections,
                    nextLoop,
                    sockJsSessions);
        }

        /** The same where clients may ask for all topics of a provider, or not. */
        public Setup withWildcards(boolean allowed) {
            return new Setup(
                    node,
                    door,
                    limits,
                    catalog,
                    metrics,
                    noticeFeeds,
                    allowed,
                    numbers,
                    connections,
                    nextLoop,
                    sockJsSessions);
        }
    }

    public ClientVerticle(Setup setup) {
        this.setup = setup;
        this.loop = setup.nextLoop().getAndIncrement();
        this.hub = new Hub(loop, setup.numbers());
        this.sessions = new Sessions(hub, loop, setup);
        this.desk = new SessionDesk(setup.node(), loop, hub);
    }

    @Override
    public Future<?> start() {
        hub.turn(
                new Turn(task -> context.runOnContext(turn -> task.run()), this::tellHolders, sessions::publishMeters));
        hub.wheel(new TimerWheel(System::nanoTime, (millis, task) -> vertx.setTimer(millis, timer -> task.run())));
        lag = setup.metrics().loopLag(Integer.toString(loop));
        careSoon();
        setup.metrics().gauge(Level.CLIENT_WAITING, () -> waiting, Integer.toString(loop));
        HttpServer server = vertx.createHttpServer(options());
        Doors doors = new Doors(dialects(), sockJs, setup.sockJsSessions(), sessions, this::open);
        Router router = Router.router(vertx);
        JsonAnswers.mountOn(router, setup.limits().bodyBytes());
        new PricesRoutes(new NodeBus(vertx.eventBus()), setup.catalog(), setup.limits()).mountOn(router);
        SockJsRoutes sockJsRoutes = new SockJsRoutes(vertx, setup.limits(), sessions, setup.sockJsSessions());
        sockJs.forEach((path, dialect) -> sockJsRoutes.mountOn(router, path, dialect));
        new SseRoutes(vertx, setup.catalog(), sessions, doors.dialectAt("/stream")).mountOn(router);
        new SiteRoutes().mountOn(router);
        return listen(doors)
                .onSuccess(ready -> new NodeBus(vertx.eventBus()).send(Addresses.REPLAY, new Replay(loop, List.of())))
                .compose(ready -> server.requestHandler(request -> {
                            if (!doors.take(request)) {
                                router.handle(request);
                            }
                        })
                        .listen(setup.door().port(), setup.door().host()))
                .onSuccess(listening -> port = listening.actualPort());
    }

    private Future<?> listen(Doors doors) {
        EventBus bus = vertx.eventBus();
        return Future.all(
                bus.<HubEvents>localConsumer(Addresses.hub(loop), message -> hub.onEvents(message.body()))
                        .completion(),
                bus.<Released>localConsumer(Addresses.hubReleases(loop), message -> hub.wildcards().onReleased(message.body()))
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
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(limits.messageBytes())
                .setMaxWebSocketMessageSize(limits.messageBytes())
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setSendBufferSize(limits.sendBufferBytes())
                .setAcceptBacklog(4096)
                .setWebSocketClosingTimeout(2);
    }

    private Map<String, Dialect> dialects() {
        Dialect prices = new PricesDialect(setup.catalog(), setup.limits());
        StreamDialect stream = new StreamDialect(
                setup.node(),
                hub,
                setup.catalog(),
                setup.limits(),
                setup.noticeFeeds(),
                (after, task) -> vertx.setTimer(after.toMillis(), timer -> task.run()),
                Clock.systemUTC()::millis);
        stream.historyFrom(this::findHistory);
        stream.allowWildcards(setup.wildcards());
        Dialect bridge = new BridgeDialect(
                stream::plainAudienceOf,
                setup.catalog(),
                setup.limits(),
                setup.noticeFeeds(),
                () -> new JsonObject().put("node", setup.node()).put("time", System.currentTimeMillis()),
                task -> vertx.setTimer(ANSWER_WAIT_MILLIS, timer -> task.run()));
        sessions.admit(List.of(prices, stream, bridge));
        sockJs.put("/sockjs/stream", stream);
        sockJs.put("/eventbus", bridge);
        return Map.of(
                "/api/v2/realtime/ws/prices",
                prices,
                "/stream",
                stream,
                "/sockjs/stream/websocket",
                stream,
                "/eventbus/websocket",
                bridge);
    }

    private void findHistory(List<Position> positions, Consumer<Map<Topic, List<Tick>>> then) {
        new NodeBus(vertx.eventBus())
                .<HistoryReport>request(Addresses.HISTORY, new HistoryQuery(positions))
                .onComplete(found ->
                        then.accept(found.succeeded() ? found.result().body().ticks() : Map.of()));
    }

    private void open(ServerWebSocket socket, Doors.Door door, Visit visit) {
        WebSocketTransport transport = new WebSocketTransport(socket);
        Session session = sessions.open(door.framing().over(transport), door.dialect(), visit);
        transport.onWritable(session::flushSoon);
        socket.frameHandler(frame -> session.heard(System.nanoTime()));
        socket.textMessageHandler(text -> {
            if (!session.closed()) {
                door.framing().onText(session, text);
            }
        });
        socket.binaryMessageHandler(bytes -> {
            if (!session.closed()) {
                door.dialect().onBinary(session);
            }
        });
        socket.exceptionHandler(cause -> onSocketError(session, cause));
        socket.closeHandler(closed -> sessions.close(session, "client_disconnect"));
        sessions.greet(session);
    }

    /** The socket's own decoder closes what breaks the protocol; a message that grew too large in parts is left to us. */
    private static void onSocketError(Session session, Throwable cause) {
        if (cause instanceof IllegalStateException) {
            session.close(CloseReason.TOO_LARGE);
        }
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
        // what SockJS is to say last takes a few turns of the event loops
        return setup.sockJsSessions().isEmpty()
                ? Future.succeededFuture()
                : vertx.timer(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    }
}
