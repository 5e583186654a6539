package io.tickmesh.admin;

import io.tickmesh.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Sends messages to clients of contract 3, on whatever node they are; the answer says how many were reached. */
final class SendRoutes {
    private final Nodes nodes;

    SendRoutes(Nodes nodes) {
        this.nodes = nodes;
    }

    void mountOn(Router router) {
        router.post("/admin/ws-send/client/:name").handler(Answers.of(named("client")));
        router.post("/admin/ws-send/channel/:name").handler(Answers.of(named("channel")));
        router.post("/admin/ws-send/user/:name").handler(Answers.of(named("user")));
        router.post("/admin/ws-send/users").handler(Answers.of(this::toUsers));
        router.post("/admin/ws-send/all").handler(Answers.of(this::toAll));
    }

    private Function<RoutingContext, Future<JsonObject>> named(String to) {
        return context -> {
            String name = context.pathParam("name");
            String target = to + '/' + name;
            Audit.note(context, "send", target, new JsonObject());
            return send(target, new JsonObject().put("to", to).put("name", name), Answers.body(context));
        };
    }

    private Future<JsonObject> toUsers(RoutingContext context) {
        Audit.note(context, "send", "users", new JsonObject());
        JsonObject body = Answers.body(context);
        JsonArray users = new JsonArray(Answers.texts(body, "users"));
        Audit.note(context, "send", "users", new JsonObject().put("users", users));
        if (!(body.getValue("message") instanceof JsonObject message)) {
            throw new Refusal(422, "message must be an object");
        }
        return send("users", new JsonObject().put("to", "users").put("names", users), message);
    }

    private Future<JsonObject> toAll(RoutingContext context) {
        Audit.note(context, "send", "all", new JsonObject());
        return send("all", new JsonObject().put("to", "all"), Answers.body(context));
    }

    private Future<JsonObject> send(String target, JsonObject arguments, JsonObject message) {
        return nodes.command(
                        nodes.self(),
                        Addresses.CHANNELS,
                        arguments.put("what", "send").put("message", message))
                .map(found -> {
                    JsonObject done = Answers.done("send", target).put("reached", found.getInteger("reached", 0));
                    return found.containsKey("stored") ? done.put("stored", found.getInteger("stored")) : done;
                });
    }
}
