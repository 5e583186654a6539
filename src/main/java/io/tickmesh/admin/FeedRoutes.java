package io.tickmesh.admin;

import io.tickmesh.admin.Pools.Pool;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** The feeds, and the commands to move, pause, resume and reconnect one; its name is that of the pool or of the feed. */
final class FeedRoutes {
    private static final String PAUSE = "pause:";

    private final Nodes nodes;
    private final Pools pools;
    private final LedgerDesk ledger;

    FeedRoutes(Nodes nodes, Pools pools, LedgerDesk ledger) {
        this.nodes = nodes;
        this.pools = pools;
        this.ledger = ledger;
    }

    void mountOn(Router router) {
        router.get("/admin/feeds").handler(Answers.of(this::list));
        router.get("/admin/feeds/:id")
                .handler(Answers.of(context -> pools.withFeed(id(context)).compose(pools::feed)));
        router.post("/admin/feeds/:id/move").handler(Answers.of(this::move));
        router.post("/admin/feeds/:id/pause").handler(Answers.of(this::pause));
        router.post("/admin/feeds/:id/resume").handler(Answers.of(this::resume));
        router.post("/admin/feeds/:id/reconnect").handler(Answers.of(this::reconnect));
    }

    private static String id(RoutingContext context) {
        return context.pathParam("id");
    }

    private Future<JsonObject> list(RoutingContext context) {
        Page page = Page.of(context.request());
        return pools.all().compose(all -> {
            List<String> rest = page.rest(all.keySet());
            List<Pool> shown = page.first(rest).stream().map(all::get).toList();
            List<Future<JsonObject>> asked = shown.stream().map(pools::feed).toList();
            return Future.all(asked).map(done -> {
                List<JsonObject> items = asked.stream().map(Future::result).toList();
                List<String> silent = items.stream()
                        .filter(item -> !item.getBoolean("answered") && item.getString("owner") != null)
                        .map(item -> item.getString("owner"))
                        .toList();
                return page.answer(items, item -> item.getString("pool"), rest.size() > items.size(), silent);
            });
        });
    }

    private Future<JsonObject> move(RoutingContext context) {
        Audit.note(context, "move", id(context), new JsonObject());
        String to = Answers.text(Answers.body(context), "to");
        Audit.note(context, "move", id(context), new JsonObject().put("to", to));
        nodes.requireMember(to);
        return pools.withFeed(id(context))
                .compose(pool -> nodes.command(
                                pool.requireOwner(),
                                "ownership",
                                new JsonObject()
                                        .put("command", "move")
                                        .put("pool", pool.name())
                                        .put("to", to))
                        .map(done -> Answers.done("move", pool.name())));
    }

    private Future<JsonObject> pause(RoutingContext context) {
        Audit.note(context, "pause", id(context), new JsonObject());
        return pools.withFeed(id(context))
                .compose(pool ->
                        ledger.add(Set.of(PAUSE + pool.name())).map(news -> Answers.done("pause", pool.name())));
    }

    private Future<JsonObject> resume(RoutingContext context) {
        Audit.note(context, "resume", id(context), new JsonObject());
        return pools.withFeed(id(context))
                .compose(pool ->
                        ledger.remove(Set.of(PAUSE + pool.name())).map(news -> Answers.done("resume", pool.name())));
    }

    private Future<JsonObject> reconnect(RoutingContext context) {
        Audit.note(context, "reconnect", id(context), new JsonObject());
        return pools.withFeed(id(context))
                .compose(pool -> nodes.command(
                                pool.requireOwner(), Pools.partOf(pool), new JsonObject().put("command", "reconnect"))
                        .map(done -> Answers.done("reconnect", pool.name())));
    }
}
