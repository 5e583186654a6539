package io.tickmesh.client.sockjs;

import io.tickmesh.client.CloseReason;
import io.tickmesh.client.Dialect;
import io.tickmesh.client.Intake;
import io.tickmesh.client.JsonAnswers;
import io.tickmesh.client.Session;
import io.tickmesh.client.Sessions;
import io.tickmesh.client.Visit;
import io.tickmesh.config.LimitsConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transports of SockJS over HTTP, and what its clients ask before: {@code info}, the iframe. WebSockets are not taken
 * here.
 *
 * <p>Vert.x keeps the SockJS sessions of all event loops in one map, and the requests of one may come on any of them. The
 * session behind it lives on the loop that its first request came to; everything of it is passed there.
 */
public final class SockJsRoutes {
    private static final Set<String> RECEIVING = Set.of("xhr", "xhr_streaming", "eventsource", "htmlfile", "jsonp");
    private static final String SECOND = "c[2010,\"Another connection still open\"]";
    /** A client may come again before the end of its last request is noted. */
    private static final int SECOND_CHANCE_MILLIS = 250;

    private static final String SESSION = "/:server/:session/";

    private final Vertx vertx;
    private final LimitsConfig limits;
    private final Sessions sessions;
    private final SockJsSessions known;

    /**
     * The routes of one event loop.
     *
     * @param known shared by all event loops of the node
     */
    public SockJsRoutes(Vertx vertx, LimitsConfig limits, Sessions sessions, SockJsSessions known) {
        this.vertx = vertx;
        this.limits = limits;
        this.sessions = sessions;
        this.known = known;
    }

    /** Serves a dialect under a path; to be called on the event loop. */
    public void mountOn(Router router, String path, Dialect dialect) {
        Context loop = vertx.getOrCreateContext();
        router.route(path + SESSION + ":transport").handler(this::admit);
        for (String send : List.of("xhr_send", "jsonp_send")) {
            router.post(path + SESSION + send).handler(BodyHandler.create(false).setBodyLimit(limits.bodyBytes()));
            router.post(path + SESSION + send).handler(context -> check(context, dialect));
        }
        SockJSHandlerOptions options = new SockJSHandlerOptions()
                .setInsertJSESSIONID(false)
                .setHeartbeatInterval(limits.pingInterval().toMillis());
        router.route(path + "/*")
                .subRouter(SockJSHandler.create(vertx, options).socketHandler(socket -> open(socket, dialect, loop)));
    }

    /** A full node refuses new sessions only. */
    private void admit(RoutingContext context) {
        String id = context.pathParam("session");
        if (sessions.full() && !known.isOpen(id)) {
            context.response().putHeader("Retry-After", "5");
            JsonAnswers.fail(context, 503, sessions.whyFull());
        } else if (!RECEIVING.contains(context.pathParam("transport"))
                || context.request().method().equals(HttpMethod.OPTIONS)) {
            context.next();
        } else if (known.beginReceiving(id)) {
            receive(context, id);
        } else {
            vertx.setTimer(SECOND_CHANCE_MILLIS, timer -> {
                if (known.beginReceiving(id)) {
                    receive(context, id);
                } else {
                    refuseSecond(context);
                }
            });
        }
    }

    /** Vert.x closes the connection after each of these; without the header, clients would send their next request on it. */
    private void receive(RoutingContext context, String id) {
        context.response().putHeader("Connection", "close");
        context.response().bodyEndHandler(ended -> known.endReceiving(id));
        context.addEndHandler(ended -> known.endReceiving(id));
        context.next();
    }

    /** Vert.x would forget the first request over it, and leave that without an answer for ever. */
    private static void refuseSecond(RoutingContext context) {
        String transport = context.pathParam("transport");
        if (transport.startsWith("xhr")) {
            context.response()
                    .putHeader("Content-Type", "application/javascript; charset=UTF-8")
                    .end(SECOND + '\n');
        } else if (transport.equals("eventsource")) {
            context.response().putHeader("Content-Type", "text/event-stream").end("data: " + SECOND + "\r\n\r\n");
        } else {
            JsonAnswers.fail(context, 409, "Another connection still open");
        }
    }

    /** What is not an array of texts goes no further: Vert.x would take some of it for messages. */
    private void check(RoutingContext context, Dialect dialect) {
        String sent = context.request().getFormAttribute("d");
        if (sent == null) {
            sent = context.body().asString();
        }
        if (sent != null && SockJsText.read(sent) == null && known.isOpen(context.pathParam("session"))) {
            sessions.countBadRequest(dialect);
            context.response().setStatusCode(500).end("Broken JSON encoding.");
        } else {
            context.next();
        }
    }

    /** Whatever thread calls: a SockJS session may be opened by requests on two event loops at once. */
    private void open(SockJSSocket socket, Dialect dialect, Context loop) {
        RoutingContext request = socket.routingContext();
        Visit visit = Visit.of(request.request());
        Served served = new Served(request.pathParam("session"), socket, visit);
        socket.handler(bytes -> loop.runOnContext(task -> served.onMessage(bytes.toString())));
        socket.closeHandler(closed -> loop.runOnContext(task -> served.onClosed()));
        loop.runOnContext(task -> served.open(dialect));
    }

    /** A SockJS session and the session behind it, on the event loop of the latter. */
    private final class Served {
        private final String id;
        private final Visit visit;
        private final SockJsTransport transport;
        private @Nullable Session session;

        Served(String id, SockJSSocket socket, Visit visit) {
            this.id = id;
            this.visit = visit;
            this.transport = new SockJsTransport(
                    socket,
                    visit.remote(),
                    (millis, task) -> vertx.setTimer(millis, timer -> task.run()),
                    this::onClosed);
        }

        void open(Dialect dialect) {
            Session opened = sessions.open(transport, dialect, visit);
            session = opened;
            known.opened(id);
            transport.serve(opened);
            sessions.greet(opened);
        }

        void onMessage(String text) {
            Session to = session;
            if (to == null || to.closed()) {
                return;
            }
            to.heard(System.nanoTime());
            if (text.length() > limits.messageBytes()) {
                to.meters().badRequest();
                to.close(CloseReason.TOO_LARGE);
            } else {
                Intake.onText(to, text);
            }
        }

        void onClosed() {
            Session ended = session;
            if (ended != null) {
                session = null;
                known.closed(id);
                sessions.close(ended, "client_disconnect");
            }
        }
    }
}
