package io.tickmesh.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The cluster at a glance, each of its nodes, and the command to leave. */
final class NodeRoutes {
    private final Nodes nodes;
    private final Pools pools;

    NodeRoutes(Nodes nodes, Pools pools) {
        this.nodes = nodes;
        this.pools = pools;
    }

    void mountOn(Router router) {
        router.get("/admin/cluster").handler(Answers.of(context -> cluster()));
        router.get("/admin/nodes").handler(Answers.of(this::list));
        router.get("/admin/nodes/:node").handler(Answers.of(this::one));
        router.post("/admin/nodes/:node/drain").handler(Answers.of(this::drain));
    }

    private Future<JsonObject> cluster() {
        return ownership().compose(ownership -> {
            Future<List<JsonObject>> described = describe(nodes.members(), ownership);
            Future<List<JsonObject>> owned = each(
                    pools.all(ownership).values(),
                    pool -> pools.feed(pool)
                            .map(feed -> pool.json()
                                    .put("answered", feed.getBoolean("answered"))
                                    .put("feed", feed.getString("feed"))
                                    .put("state", feed.getString("state"))
                                    .put("registered", feed.getInteger("registered"))
                                    .put("capacity", feed.getInteger("capacity"))));
            return Future.all(described, owned)
                    .map(done -> new JsonObject()
                            .put("rule", ownership.getString("rule"))
                            .put("voters", ownership.getJsonArray("voters", new JsonArray()))
                            .put("nodes", new JsonArray(described.result()))
                            .put("pools", new JsonArray(owned.result())));
        });
    }

    /** What the ownership part of this node says; nothing if it is silent. */
    private Future<JsonObject> ownership() {
        return nodes.ask(nodes.self(), "ownership", new JsonObject())
                .map(Refusal::unless)
                .otherwise(new JsonObject());
    }

    private Future<List<JsonObject>> describe(Collection<String> names, JsonObject ownership) {
        Map<String, Long> since = new HashMap<>();
        for (Object each : ownership.getJsonArray("members", new JsonArray())) {
            JsonObject member = (JsonObject) each;
            since.put(member.getString("name"), member.getLong("since"));
        }
        return each(names, name -> describe(name).map(node -> node.put("since", since.get(name))));
    }

    private static <T> Future<List<JsonObject>> each(Collection<T> all, Function<T, Future<JsonObject>> question) {
        List<Future<JsonObject>> asked = all.stream().map(question).toList();
        return Future.all(asked)
                .map(done -> new ArrayList<>(asked.stream().map(Future::result).toList()));
    }

    /** A node as it describes itself, or, with {@code answered} false, its name alone. */
    private Future<JsonObject> describe(String name) {
        Future<JsonObject> node = nodes.ask(name, "node", new JsonObject()).map(Refusal::unless);
        Future<JsonObject> held =
                nodes.ask(name, "subscription", new JsonObject()).map(Refusal::unless);
        return Future.all(node, held)
                .map(done -> new JsonObject()
                        .mergeIn(node.result())
                        .mergeIn(held.result())
                        .put("node", name)
                        .put("answered", true))
                .otherwise(cause -> new JsonObject().put("node", name).put("answered", false));
    }

    private Future<JsonObject> list(RoutingContext context) {
        Page page = Page.of(context.request());
        List<String> rest = page.rest(nodes.members());
        return ownership()
                .compose(ownership -> describe(page.first(rest), ownership))
                .map(items -> page.answer(
                        items,
                        item -> item.getString("node"),
                        rest.size() > items.size(),
                        items.stream()
                                .filter(item -> !item.getBoolean("answered"))
                                .map(item -> item.getString("node"))
                                .toList()));
    }

    private Future<JsonObject> one(RoutingContext context) {
        String name = nodes.requireMember(context.pathParam("node"));
        return ownership()
                .compose(ownership -> describe(List.of(name), ownership))
                .map(items -> items.get(0));
    }

    private Future<JsonObject> drain(RoutingContext context) {
        Audit.note(context, "drain", context.pathParam("node"), new JsonObject());
        String name = nodes.requireMember(context.pathParam("node"));
        return nodes.command(name, "node", new JsonObject().put("command", "drain"))
                .map(done -> Answers.done("drain", name));
    }
}
