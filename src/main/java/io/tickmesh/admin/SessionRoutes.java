package io.tickmesh.admin;

import io.tickmesh.bus.Finding;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The sessions of all nodes, node after node, and the command to cut one. */
final class SessionRoutes {
    private final Nodes nodes;

    SessionRoutes(Nodes nodes) {
        this.nodes = nodes;
    }

    void mountOn(Router router) {
        router.get("/admin/sessions").handler(Answers.of(this::list));
        router.delete("/admin/sessions/:id").handler(Answers.of(this::cut));
    }

    /** A node's part of the list; {@code finding} is null if it is silent. */
    private record Part(String node, @Nullable Finding finding) {}

    private Future<JsonObject> list(RoutingContext context) {
        Page page = Page.of(context.request());
        @Nullable String only = context.request().getParam("node");
        @Nullable SessionId last = SessionId.of(page.after());
        if (last == null && !page.after().isEmpty()) {
            throw new Refusal(422, "after must be the next of an earlier page");
        }
        List<Future<Part>> asked = new ArrayList<>();
        for (String node : only == null ? nodes.members() : List.of(nodes.requireMember(only))) {
            int order = last == null ? 1 : node.compareTo(last.node());
            if (order >= 0) {
                asked.add(ask(node, order == 0 ? page.after() : "", page.limit()));
            }
        }
        return Future.all(asked)
                .map(done -> join(page, asked.stream().map(Future::result).toList()));
    }

    private Future<Part> ask(String node, String after, int limit) {
        return nodes.ask(node, "sessions", new JsonObject().put("after", after).put("limit", limit))
                .map(finding -> new Part(node, finding.status() == 200 ? finding : null))
                .otherwise(new Part(node, null));
    }

    /** A node that has more than it gave has filled the page. */
    private static JsonObject join(Page page, List<Part> parts) {
        List<JsonObject> items = new ArrayList<>();
        TreeSet<String> silent = new TreeSet<>();
        boolean more = false;
        for (Part part : parts) {
            if (part.finding() == null) {
                silent.add(part.node());
            } else {
                JsonObject body = part.finding().body();
                body.getJsonArray("sessions")
                        .forEach(each -> items.add(((JsonObject) each).copy().put("node", part.node())));
                more |= body.getString("next") != null;
            }
        }
        return page.answer(items, item -> item.getString("id"), more, silent);
    }

    private Future<JsonObject> cut(RoutingContext context) {
        String id = context.pathParam("id");
        Audit.note(context, "cut", id, new JsonObject());
        @Nullable SessionId where = SessionId.of(id);
        if (where == null || !nodes.members().contains(where.node())) {
            throw new Refusal(404, "No such session");
        }
        return nodes.command(
                        where.node(),
                        "sessions." + where.loop(),
                        new JsonObject().put("command", "cut").put("id", id))
                .map(done -> Answers.done("cut", id));
    }
}
