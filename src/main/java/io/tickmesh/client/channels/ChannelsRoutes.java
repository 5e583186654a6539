package io.tickmesh.client.channels;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.client.JsonAnswers;
import io.tickmesh.market.IsoLocal;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/** The information routes of contract 3, which answer for the whole cluster. Nothing is changed by them. */
public final class ChannelsRoutes {
    private static final long PATIENCE_MILLIS = 8_000;

    private final NodeBus bus;

    public ChannelsRoutes(NodeBus bus) {
        this.bus = bus;
    }

    public void mountOn(Router router) {
        router.get("/healthz/detailed").handler(this::health);
        router.get("/ws-stats").handler(context -> answer(context, "stats", ""));
        router.get("/ws-clients/:id").handler(context -> answer(context, "client", context.pathParam("id")));
        router.get("/ws-channels/:name").handler(context -> answer(context, "channel", context.pathParam("name")));
    }

    private Future<Finding> ask(String what, String name) {
        JsonObject arguments = new JsonObject().put("what", what).put("name", name);
        return bus.<Finding>request(Addresses.inquiry(Addresses.CHANNELS), new Inquiry(Addresses.CHANNELS, arguments))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .map(message -> message.body());
    }

    /** Unknown clients are null, as the contract says. */
    private void answer(RoutingContext context, String what, String name) {
        ask(what, name)
                .onSuccess(found -> {
                    if (found.status() == 200 || found.status() == 404) {
                        JsonAnswers.send(
                                context,
                                200,
                                found.status() == 200 ? found.body().encode() : "null");
                    } else {
                        JsonAnswers.fail(context, 503, found.body().getString("detail", "not known now"));
                    }
                })
                .onFailure(cause -> JsonAnswers.fail(context, 503, "The channel service does not answer"));
    }

    private void health(RoutingContext context) {
        ask("stats", "")
                .onSuccess(found -> {
                    if (found.status() == 200) {
                        JsonAnswers.send(context, 200, good(found.body()).encode());
                    } else {
                        bad(context, found.body().getString("detail", "not known now"));
                    }
                })
                .onFailure(cause -> {
                    if (isNobodyThere(cause)) {
                        JsonAnswers.send(context, 503, "{\"healthy\":false,\"error\":\"service_not_initialized\"}");
                    } else {
                        bad(context, "The channel service does not answer");
                    }
                });
    }

    private static boolean isNobodyThere(Throwable cause) {
        return cause instanceof ReplyException failure && failure.failureType() == ReplyFailure.NO_HANDLERS;
    }

    private static JsonObject good(JsonObject stats) {
        return new JsonObject()
                .put("healthy", true)
                .put("service", "websocket")
                .put("active_connections", stats.getLong("active_connections"))
                .put("total_connections", stats.getLong("total_connections"))
                .put("channels", stats.getLong("channels"))
                .put("messages_sent", stats.getLong("messages_sent"))
                .put("messages_received", stats.getLong("messages_received"))
                .put("errors", stats.getLong("errors"))
                .put("timestamp", IsoLocal.now());
    }

    private static void bad(RoutingContext context, String error) {
        JsonObject body =
                new JsonObject().put("healthy", false).put("error", error).put("timestamp", IsoLocal.now());
        JsonAnswers.send(context, 503, body.encode());
    }
}
