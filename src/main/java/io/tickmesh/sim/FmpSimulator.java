package io.tickmesh.sim;

import io.tickmesh.config.SimConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Financial Modeling Prep, generation A, over real sockets: three feeds, REST and a control endpoint on one port.
 *
 * <p>What it can be told over {@code /control} it can be told here too, from any thread once it is deployed.
 */
public final class FmpSimulator extends VerticleBase {
    /** A key that every simulator accepts unless its settings name others. */
    public static final String DEFAULT_KEY = "sim-key";

    private static final Logger LOG = LoggerFactory.getLogger(FmpSimulator.class);
    private static final long TURN_MS = 10;
    private static final int SEND_BUFFER = 256 << 10;

    private final SimConfig config;
    private final FmpExchange exchange;
    private final FmpControl control;
    private final LongSupplier clock;
    private final Set<WsSocket> sockets = new HashSet<>();
    private @Nullable HttpServer server;
    private volatile int port;

    /** A simulator with the default switches. */
    public FmpSimulator(SimConfig config) {
        this(config, FmpSimSettings.DEFAULTS);
    }

    /** Seed and tick rate are those of {@code config}, all else is as {@code settings} say. */
    public FmpSimulator(SimConfig config, FmpSimSettings settings) {
        this(config, settings, System::currentTimeMillis);
    }

    FmpSimulator(SimConfig config, FmpSimSettings settings, LongSupplier clock) {
        this.config = config;
        this.clock = clock;
        this.exchange =
                new FmpExchange(settings.with("seed", config.seed()).with("ticks_per_second", config.ticksPerSecond()));
        this.control = new FmpControl(exchange);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(TURN_MS, id -> exchange.turn(clock.getAsLong()));
        HttpServerOptions options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setSendBufferSize(SEND_BUFFER)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        return vertx.createHttpServer(options)
                .requestHandler(this::onRequest)
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    port = listening.actualPort();
                    LOG.atDebug()
                            .addKeyValue("host", config.host())
                            .addKeyValue("port", port)
                            .log("simulator of fmp listens");
                });
    }

    @Override
    public Future<?> stop() {
        long now = clock.getAsLong();
        exchange.feeds().forEach(feed -> feed.sessions().forEach(each -> each.ended("simulator stopped", now)));
        Set.copyOf(sockets).forEach(each -> each.drop(false));
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** Where it listens, once deployed. */
    public int port() {
        return port;
    }

    /** The WebSocket of an asset class: {@code stock}, {@code crypto} or {@code forex}. */
    public String url(String asset) {
        FmpAsset known = FmpAsset.valueOf(asset.toUpperCase(Locale.ROOT));
        return "ws://" + authority() + '/' + known.id();
    }

    /** What stands before {@code /stable} and {@code /api/v3}. */
    public String restUrl() {
        return "http://" + authority();
    }

    private String authority() {
        String host = config.host();
        return (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
    }

    public FmpSimSettings settings() {
        return exchange.settings();
    }

    /** The sessions seen so far, oldest first. */
    public List<SessionRecord> sessions() {
        return exchange.sessions();
    }

    /** The newest REST requests, oldest first. */
    public List<RestRequest> restRequests() {
        return exchange.requests().requests();
    }

    /** Replaces some settings, as {@code PATCH /control/settings} does. */
    public Future<Void> change(JsonObject patch) {
        return onLoop(now -> {
            exchange.change(patch);
            return null;
        });
    }

    /** Makes something go wrong, as {@code POST /control/fault/{name}} does; gives the number of sessions reached. */
    public Future<Integer> fault(String name, JsonObject body) {
        return onLoop(now -> exchange.fault(name, body, now));
    }

    /** Sends exactly these text frames to the logged-in sessions of a feed; gives their number. */
    public Future<Integer> emit(String feed, List<String> frames) {
        return onLoop(
                now -> exchange.emit(new JsonObject().put("feed", feed).put("frames", new JsonArray(frames)), now));
    }

    /** As {@code POST /control/reset} does. */
    public Future<Void> reset() {
        return onLoop(now -> {
            exchange.reset();
            return null;
        });
    }

    private <T extends @Nullable Object> Future<T> onLoop(LongFunction<T> action) {
        return Future.future(promise -> context.runOnContext(nothing -> {
            try {
                promise.complete(action.apply(clock.getAsLong()));
            } catch (IllegalArgumentException e) {
                promise.fail(e);
            }
        }));
    }

    private void onRequest(HttpServerRequest request) {
        String path = request.path() == null ? "/" : request.path();
        if (WsSocket.asksForUpgrade(request)) {
            onUpgrade(request, path);
        } else if (FmpControl.serves(path)) {
            request.body()
                    .onSuccess(body -> send(
                            request, control.answer(request.method().name(), path, body.toString(), clock.getAsLong())))
                    .onFailure(cause -> logLost("control", cause));
        } else if (FmpRest.serves(path)) {
            onRest(request, path);
        } else {
            send(request, Reply.refusal(404, "nothing here"));
        }
    }

    private void onRest(HttpServerRequest request, String path) {
        long now = clock.getAsLong();
        Reply reply = request.method().name().equals("GET")
                ? exchange.rest().answer(path, request::getParam, now)
                : Reply.refusal(405, "only GET");
        @Nullable String one = request.getParam("symbol");
        @Nullable String many = request.getParam("symbols");
        exchange.requests()
                .add(new RestRequest(now, path, one != null ? one : many != null ? many : "", reply.status()));
        send(request, reply);
    }

    private void onUpgrade(HttpServerRequest request, String path) {
        @Nullable FmpAsset asset = FmpAsset.ofPath(path);
        @Nullable String refusal = WsSocket.refusal(request);
        if (asset == null) {
            send(request, Reply.refusal(404, "no such feed"));
        } else if (exchange.feed(asset).faults().takeUpgradeRefusal()) {
            send(request, Reply.refusal(503, "Service Unavailable"));
        } else if (refusal != null) {
            send(request, Reply.refusal(400, refusal));
        } else {
            @Nullable String urlKey = request.getParam("apikey");
            String remote = request.remoteAddress().toString();
            WsSocket.accept(vertx, request)
                    .onSuccess(socket -> onSocket(socket, exchange.feed(asset), remote, urlKey))
                    .onFailure(cause -> logLost("upgrade", cause));
        }
    }

    private void onSocket(WsSocket socket, FmpFeed feed, String remote, @Nullable String urlKey) {
        sockets.add(socket);
        FmpSession session = feed.open(socket, remote, urlKey, clock.getAsLong());
        socket.start(new WsSocket.Events() {
            @Override
            public void onText(String text) {
                session.onText(text, clock.getAsLong());
            }

            @Override
            public void onPing() {
                session.onPing(clock.getAsLong());
            }

            @Override
            public void onClosed(String reason) {
                sockets.remove(socket);
                session.ended(reason, clock.getAsLong());
            }
        });
    }

    private static void send(HttpServerRequest request, Reply reply) {
        request.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .end(reply.body())
                .onFailure(cause -> logLost("answer", cause));
    }

    private static void logLost(String what, Throwable cause) {
        LOG.atDebug()
                .addKeyValue("what", what)
                .addKeyValue("error", cause.getMessage())
                .log("simulator lost a connection");
    }
}
