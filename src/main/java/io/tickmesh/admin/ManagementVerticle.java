package io.tickmesh.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tickmesh.config.DoorConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.function.BooleanSupplier;

/** The management port: is the node alive, is it ready, what does it count. */
public final class ManagementVerticle extends VerticleBase {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final DoorConfig door;
    private final PrometheusMeterRegistry registry;
    private final BooleanSupplier ready;
    private int port;

    /**
     * The management port of a node.
     *
     * @param ready whether the node serves clients; false while it starts and while it leaves
     */
    public ManagementVerticle(DoorConfig door, PrometheusMeterRegistry registry, BooleanSupplier ready) {
        this.door = door;
        this.registry = registry;
        this.ready = ready;
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        router.get("/health/live").handler(context -> send(context.response(), 200, JSON, "{\"status\":\"UP\"}"));
        router.get("/health/ready").handler(context -> sendReadiness(context.response()));
        router.get("/metrics").handler(context -> send(context.response(), 200, PROMETHEUS_TEXT, registry.scrape()));
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(door.port(), door.host())
                .onSuccess(listening -> port = listening.actualPort());
    }

    /** Where the management port is, once started. */
    public int port() {
        return port;
    }

    private void sendReadiness(HttpServerResponse response) {
        if (ready.getAsBoolean()) {
            send(response, 200, JSON, "{\"status\":\"UP\"}");
        } else {
            send(response, 503, JSON, "{\"status\":\"DOWN\",\"reason\":\"the node is starting or leaving\"}");
        }
    }

    private static void send(HttpServerResponse response, int status, String type, String body) {
        response.setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
}
