package io.tickmesh.admin;

import io.tickmesh.admin.Pools.Pool;
import io.tickmesh.bus.Finding;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Topic;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The topics as the owners of their pools know them. */
final class TopicRoutes {
    private final Nodes nodes;
    private final Pools pools;
    private final Catalog catalog;

    TopicRoutes(Nodes nodes, Pools pools, Catalog catalog) {
        this.nodes = nodes;
        this.pools = pools;
        this.catalog = catalog;
    }

    void mountOn(Router router) {
        router.get("/admin/topics").handler(Answers.of(this::list));
        router.get("/admin/topic").handler(Answers.of(this::one));
    }

    /** An owner's part of the list; {@code finding} is null if it is silent or owns the pool no more. */
    private record Part(String owner, @Nullable Finding finding) {}

    private Future<JsonObject> list(RoutingContext context) {
        Page page = Page.of(context.request());
        @Nullable String only = context.request().getParam("pool");
        Future<List<Pool>> wanted = only == null
                ? pools.all().map(all -> List.copyOf(all.values()))
                : pools.require(only).map(List::of);
        return wanted.compose(all -> ask(all, page));
    }

    private Future<JsonObject> ask(Collection<Pool> all, Page page) {
        List<Future<Part>> asked = new ArrayList<>();
        for (Pool pool : all) {
            @Nullable String owner = pool.owner();
            if (owner != null) {
                asked.add(ask(pool, owner, page));
            }
        }
        return Future.all(asked)
                .map(done -> join(page, asked.stream().map(Future::result).toList()));
    }

    private Future<Part> ask(Pool pool, String owner, Page page) {
        JsonObject question =
                new JsonObject().put("ask", "topics").put("after", page.after()).put("limit", page.limit());
        return nodes.ask(owner, Pools.partOf(pool), question)
                .map(finding -> new Part(owner, finding.status() == 200 ? finding : null))
                .otherwise(new Part(owner, null));
    }

    private static JsonObject join(Page page, List<Part> parts) {
        List<JsonObject> items = new ArrayList<>();
        TreeSet<String> silent = new TreeSet<>();
        boolean more = false;
        for (Part part : parts) {
            if (part.finding() == null) {
                silent.add(part.owner());
                continue;
            }
            JsonObject body = part.finding().body();
            body.getJsonArray("topics").forEach(each -> items.add((JsonObject) each));
            more |= body.getString("next") != null;
        }
        items.sort(Comparator.comparing(TopicRoutes::text));
        return page.answer(items, TopicRoutes::text, more, silent);
    }

    private static String text(JsonObject item) {
        return item.getString("topic");
    }

    private Future<JsonObject> one(RoutingContext context) {
        @Nullable String text = context.request().getParam("topic");
        if (text == null) {
            throw new Refusal(422, "topic is required, such as ?topic=trade/fmp:AAPL");
        }
        Topic topic = topic(catalog, text);
        return pools.require(catalog.poolOf(topic))
                .compose(pool -> nodes.command(
                        pool.requireOwner(),
                        Pools.partOf(pool),
                        new JsonObject().put("ask", "topic").put("topic", topic.toString())));
    }

    static Topic topic(Catalog catalog, String text) {
        try {
            return catalog.topic(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(422, String.valueOf(e.getMessage()));
        }
    }
}
