package io.tickmesh.client.sse;

import io.tickmesh.client.Dialect;
import io.tickmesh.client.Intake;
import io.tickmesh.client.JsonAnswers;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Session;
import io.tickmesh.client.Sessions;
import io.tickmesh.client.Visit;
import io.tickmesh.market.Catalog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** {@code GET /sse}: a session of the native dialect whose one request stands in the query. */
public final class SseRoutes {
    private static final String PATH = "/sse";

    private final Vertx vertx;
    private final Catalog catalog;
    private final Sessions sessions;
    private final Dialect natively;

    /** The routes of one event loop. */
    public SseRoutes(Vertx vertx, Catalog catalog, Sessions sessions, Dialect natively) {
        this.vertx = vertx;
        this.catalog = catalog;
        this.sessions = sessions;
        this.natively = natively;
    }

    public void mountOn(Router router) {
        router.get(PATH).handler(this::begin);
        router.route(PATH).handler(context -> {
            context.response().putHeader("Allow", "GET");
            context.fail(405);
        });
    }

    private void begin(RoutingContext context) {
        context.response().putHeader("Access-Control-Allow-Origin", "*");
        if (sessions.full()) {
            context.response().putHeader("Retry-After", "5");
            JsonAnswers.fail(context, 503, sessions.whyFull());
            return;
        }
        Visit visit = Visit.of(context.request());
        try {
            serve(context, visit, SseRequest.read(visit, catalog));
        } catch (BadRequest e) {
            sessions.countBadRequest(natively);
            JsonAnswers.fail(context, 400, e.text());
        }
    }

    private void serve(RoutingContext context, Visit visit, SseRequest request) {
        SseTransport transport = new SseTransport(
                context.request(), request.positions(), (millis, task) -> vertx.setTimer(millis, timer -> task.run()));
        Session session = sessions.open(transport, natively, visit);
        AtomicBoolean over = new AtomicBoolean();
        Runnable end = () -> {
            if (over.compareAndSet(false, true)) {
                sessions.close(session, "client_disconnect");
            }
        };
        head(context.response()).closeHandler(closed -> end.run()).endHandler(ended -> end.run());
        transport.serve(session);
        sessions.greet(session);
        request.requests().forEach(each -> Intake.onText(session, each.encode()));
        @Nullable String refusal = transport.refusal();
        if (refusal != null) {
            context.response().setChunked(false);
            JsonAnswers.fail(context, 400, refusal);
        }
    }

    private static HttpServerResponse head(HttpServerResponse response) {
        return response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store, no-transform")
                .putHeader("X-Accel-Buffering", "no");
    }
}
