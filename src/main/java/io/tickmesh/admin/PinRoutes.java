package io.tickmesh.admin;

import io.tickmesh.bus.LedgerNews;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Topic;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pins, which belong to no node: what stands in the ledger of this one stands in all. */
final class PinRoutes {
    private static final String PIN = "pin:";

    private final LedgerDesk ledger;
    private final Catalog catalog;

    PinRoutes(LedgerDesk ledger, Catalog catalog) {
        this.ledger = ledger;
        this.catalog = catalog;
    }

    void mountOn(Router router) {
        router.get("/admin/pins").handler(Answers.of(this::list));
        router.post("/admin/pins").handler(Answers.of(this::add));
        router.delete("/admin/pins").handler(Answers.of(this::remove));
    }

    private Future<JsonObject> list(RoutingContext context) {
        Page page = Page.of(context.request());
        return ledger.all(PIN).map(keys -> {
            List<String> rest = page.rest(
                    keys.stream().map(key -> key.substring(PIN.length())).toList());
            List<JsonObject> items = page.first(rest).stream()
                    .map(topic -> new JsonObject().put("topic", topic))
                    .toList();
            return page.answer(items, item -> item.getString("topic"), rest.size() > items.size(), List.of());
        });
    }

    private Future<JsonObject> add(RoutingContext context) {
        Audit.note(context, "pin", "", new JsonObject());
        List<String> asked = Answers.texts(Answers.body(context), "topics");
        SortedSet<String> topics =
                named(asked, text -> TopicRoutes.topic(catalog, text).toString());
        Audit.note(context, "pin", "", arguments(topics));
        return ledger.add(keys(topics)).map(news -> answer("pin", topics, news, LedgerNews::added));
    }

    private Future<JsonObject> remove(RoutingContext context) {
        Audit.note(context, "unpin", "", new JsonObject());
        List<String> inQuery = context.queryParam("topic");
        List<String> asked = inQuery.isEmpty() ? Answers.texts(Answers.body(context), "topics") : inQuery;
        SortedSet<String> topics = named(asked, this::pinned);
        Audit.note(context, "unpin", "", arguments(topics));
        return ledger.remove(keys(topics)).map(news -> answer("unpin", topics, news, LedgerNews::removed));
    }

    /** A pin may have outlived what the catalog offers; it must be possible to remove it all the same. */
    private String pinned(String text) {
        try {
            return catalog.topic(text).toString();
        } catch (IllegalArgumentException notOffered) {
            try {
                return Topic.parse(text).toString();
            } catch (IllegalArgumentException e) {
                throw new Refusal(422, String.valueOf(e.getMessage()));
            }
        }
    }

    private static SortedSet<String> named(List<String> texts, Function<String, String> name) {
        return texts.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keys(Set<String> topics) {
        return topics.stream().map(PIN::concat).collect(Collectors.toSet());
    }

    private static JsonObject arguments(SortedSet<String> topics) {
        return new JsonObject().put("topics", new JsonArray(List.copyOf(topics)));
    }

    private static JsonObject answer(
            String command, SortedSet<String> topics, LedgerNews news, Function<LedgerNews, Set<String>> changed) {
        return new JsonObject()
                .put("status", "done")
                .put("command", command)
                .put("topics", new JsonArray(List.copyOf(topics)))
                .put("changed", changed.apply(news).size());
    }
}
