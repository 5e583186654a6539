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
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider over real sockets: WebSocket, REST and a control endpoint on one port. What the provider does is the
 * business of its {@link Exchange}.
 *
 * <p>What it can be told over {@code /control} it can be told here too, from any thread once it is deployed.
 */
public abstract class Simulator extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final int SEND_BUFFER = 256 << 10;

    private final SimConfig config;
    private final Exchange exchange;
    private final Control control;
    private final LongSupplier clock;
    private final Set<WsSocket> sockets = new HashSet<>();
    private @Nullable HttpServer server;
    private volatile int port;

    Simulator(SimConfig config, Exchange exchange, LongSupplier clock) {
        this.config = config;
        this.exchange = exchange;
        this.control = new Control(exchange);
        this.clock = clock;
    }

    @Override
    public final Future<?> start() {
        vertx.setPeriodic(config.turn().toMillis(), id -> exchange.turn(clock.getAsLong()));
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
                            .addKeyValue("provider", exchange.provider())
                            .addKeyValue("host", config.host())
                            .addKeyValue("port", port)
                            .log("simulator listens");
                });
    }

    @Override
    public final Future<?> stop() {
        exchange.stop(clock.getAsLong());
        Set.copyOf(sockets).forEach(each -> each.drop(false));
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** Where it listens, once deployed. */
    public final int port() {
        return port;
    }

    /** What stands before the paths of the provider's REST. */
    public final String restUrl() {
        return "http://" + authority();
    }

    final String authority() {
        String host = config.host();
        return (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
    }

    /** The sessions seen so far, oldest first. */
    public final List<SessionRecord> sessions() {
        return exchange.sessions();
    }

    /** The newest REST requests, oldest first. */
    public final List<RestRequest> restRequests() {
        return exchange.requests().requests();
    }

    /** Replaces some settings, as {@code PATCH /control/settings} does. */
    public final Future<Void> change(JsonObject patch) {
        return onLoop(now -> {
            exchange.change(patch);
            return null;
        });
    }

    /** Makes something go wrong, as {@code POST /control/fault/{name}} does; gives the number of sessions reached. */
    public final Future<Integer> fault(String name, JsonObject body) {
        return onLoop(now -> exchange.fault(name, body, now));
    }

    /** Sends exactly these text frames to every session that is logged in; gives their number. */
    public final Future<Integer> emit(List<String> frames) {
        return emit(new JsonObject(), frames);
    }

    /** Sends frames to the sessions that these fields of {@code POST /control/emit} name. */
    final Future<Integer> emit(JsonObject target, List<String> frames) {
        JsonObject body = target.copy().put("frames", new JsonArray(frames));
        return onLoop(now -> exchange.emit(body, now));
    }

    /** As {@code POST /control/reset} does. */
    public final Future<Void> reset() {
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
        if (WsSocket.asksForUpgrade(request)) {
            onUpgrade(request);
        } else {
            BoundedBody.of(request)
                    .onSuccess(body -> send(request, answer(HttpCall.of(request, body.toString()))))
                    .onFailure(cause -> onNoBody(request, cause));
        }
    }

    private static void onNoBody(HttpServerRequest request, Throwable cause) {
        if (cause instanceof BoundedBody.TooLarge) {
            send(request, Reply.refusal(413, String.valueOf(cause.getMessage())));
        } else {
            logLost("request", cause);
        }
    }

    private Reply answer(HttpCall call) {
        long now = clock.getAsLong();
        if (Control.serves(call.path())) {
            return control.answer(call.method(), call.path(), call.body(), now);
        }
        @Nullable Reply reply = exchange.answer(call, now);
        if (reply == null) {
            return Reply.refusal(404, "nothing here");
        }
        exchange.requests().add(new RestRequest(now, call.path(), exchange.symbolsOf(call), reply.status()));
        return reply;
    }

    private void onUpgrade(HttpServerRequest request) {
        HttpCall call = HttpCall.of(request, "");
        @Nullable Reply refusal = exchange.refusal(call, clock.getAsLong());
        @Nullable String broken = WsSocket.refusal(request);
        if (refusal != null) {
            send(request, refusal);
        } else if (broken != null) {
            send(request, Reply.refusal(400, broken));
        } else {
            WsSocket.accept(vertx, request)
                    .onSuccess(socket -> onSocket(socket, call))
                    .onFailure(cause -> logLost("upgrade", cause));
        }
    }

    private void onSocket(WsSocket socket, HttpCall upgrade) {
        sockets.add(socket);
        Peer peer = exchange.open(socket, upgrade, clock.getAsLong());
        socket.start(new WsSocket.Events() {
            @Override
            public void onText(String text) {
                peer.onText(text, clock.getAsLong());
            }

            @Override
            public void onBinary(byte[] payload) {
                peer.onBinary(payload, clock.getAsLong());
            }

            @Override
            public void onPing() {
                peer.onPing(clock.getAsLong());
            }

            @Override
            public void onPong(byte[] payload) {
                peer.onPong(payload, clock.getAsLong());
            }

            @Override
            public void onClosed(String reason) {
                sockets.remove(socket);
                peer.ended(reason, clock.getAsLong());
            }
        });
    }

    private static void send(HttpServerRequest request, Reply reply) {
        reply.headers().forEach((name, value) -> request.response().putHeader(name, value));
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
