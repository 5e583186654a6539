package io.tickmesh.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tickmesh.config.ManagementConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;

/** The management port: is the node alive, is it ready, what does it count, what may operators see and command. */
public final class ManagementVerticle extends VerticleBase {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String UP = "{\"status\":\"UP\"}";

    private final Setup setup;
    private final PrometheusMeterRegistry registry;
    private final Supplier<String> trouble;
    private int port;

    /**
     * What the operators' routes stand on.
     *
     * @param loops how many event loops of this node have clients
     * @param bodyBytes largest body of a command
     * @param redis the state of the connection to it; to be called from any thread
     */
    public record Setup(
            String node,
            ManagementConfig management,
            Catalog catalog,
            Metrics metrics,
            int loops,
            int bodyBytes,
            Supplier<JsonObject> redis) {}

    /**
     * The management port of a node.
     *
     * @param trouble why the node should get no clients now, empty if it should; to be called from any thread
     */
    public ManagementVerticle(Setup setup, PrometheusMeterRegistry registry, Supplier<String> trouble) {
        this.setup = setup;
        this.registry = registry;
        this.trouble = trouble;
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        router.get("/health/live").handler(context -> send(context.response(), 200, JSON, UP));
        router.get("/health/ready").handler(context -> sendReadiness(context.response()));
        router.get("/health").handler(context -> sendHealth(context.response()));
        router.get("/metrics").handler(context -> send(context.response(), 200, PROMETHEUS_TEXT, registry.scrape()));
        Answers.mountOn(router);
        AdminRoutes admin = new AdminRoutes(vertx, setup);
        admin.mountOn(router);
        ManagementConfig door = setup.management();
        return admin.listen()
                .compose(listening ->
                        vertx.createHttpServer().requestHandler(router).listen(door.port(), door.host()))
                .onSuccess(listening -> port = listening.actualPort());
    }

    /** Where the management port is, once started. */
    public int port() {
        return port;
    }

    private void sendReadiness(HttpServerResponse response) {
        String reason = trouble.get();
        if (reason.isEmpty()) {
            send(response, 200, JSON, UP);
        } else {
            JsonObject down = new JsonObject().put("status", "DOWN").put("reason", reason);
            send(response, 503, JSON, down.encode());
        }
    }

    /** The same, with what stands beside the node: that does not make it worse. */
    private void sendHealth(HttpServerResponse response) {
        String reason = trouble.get();
        JsonObject health = new JsonObject()
                .put("status", reason.isEmpty() ? "UP" : "DOWN")
                .put("reason", reason)
                .put("node", setup.node())
                .put("redis", setup.redis().get());
        send(response, reason.isEmpty() ? 200 : 503, JSON, health.encode());
    }

    private static void send(HttpServerResponse response, int status, String type, String body) {
        response.setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
}
