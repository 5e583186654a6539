package io.tickmesh.channel;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.Room;
import io.tickmesh.market.IsoLocal;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Answers for the whole cluster: counts, who a client is, who is in a channel. And its node's part of such answers. */
final class Overview {
    private static final String DIALECT = "channels";
    private static final long PATIENCE_MILLIS = 2_000;
    private static final List<String> COUNTS = List.of(
            "total_connections",
            "active_connections",
            "messages_sent",
            "messages_received",
            "errors",
            "channels",
            "users_with_connections");

    private final View view;
    private final Registry registry;
    private final Home home;
    private final Homes homes;
    private final Peers peers;
    private final NodeBus bus;
    private final Metrics metrics;

    /** What the overview looks at. */
    record Parts(View view, Registry registry, Home home, Homes homes, Peers peers) {}

    Overview(Parts parts, NodeBus bus, Metrics metrics) {
        this.view = parts.view();
        this.registry = parts.registry();
        this.home = parts.home();
        this.homes = parts.homes();
        this.peers = parts.peers();
        this.bus = bus;
        this.metrics = metrics;
    }

    /** The sums over all nodes. */
    Future<Finding> stats() {
        List<Future<Finding>> asked = Stream.concat(
                        Stream.of(Future.succeededFuture(Finding.of(ownStats()))),
                        view.others().stream().map(node -> peers.ask(node, "stats", new JsonObject())))
                .toList();
        return Future.all(asked).map(all -> {
            JsonObject sum = new JsonObject();
            for (String count : COUNTS) {
                sum.put(
                        count,
                        asked.stream()
                                .mapToLong(each -> each.result().body().getLong(count, 0L))
                                .sum());
            }
            return Finding.of(sum);
        });
    }

    /** Each channel and each user is counted where its directory is kept. */
    JsonObject ownStats() {
        return new JsonObject()
                .put("total_connections", count(Count.CHANNEL_ADMITTED))
                .put("active_connections", registry.size())
                .put("messages_sent", count(Count.CHANNEL_SENT))
                .put("messages_received", count(Count.CLIENT_REQUESTS, DIALECT))
                .put("errors", count(Count.CLIENT_BAD_REQUESTS, DIALECT) + count(Count.CHANNEL_ERRORS))
                .put("channels", home.directory().count(Room.Kind.CHANNEL))
                .put("users_with_connections", home.directory().count(Room.Kind.USER));
    }

    private long count(Count which, String... labels) {
        return (long) metrics.counter(which, labels).count();
    }

    /** What is known of a client, wherever it is; 404 if there is none of that id. */
    Future<Finding> client(String id) {
        return homes.nodeOf(id).compose(node -> {
            if (node.isEmpty()) {
                return Future.succeededFuture(Finding.refused(404, "no such client"));
            }
            return node.equals(view.self()) ? ownClient(id) : peers.ask(node, "client", new JsonObject().put("id", id));
        });
    }

    /** The same of a client of this node; its event loop knows when it was last heard of. */
    Future<Finding> ownClient(String id) {
        LocalClient client = registry.of(id);
        if (client == null) {
            return Future.succeededFuture(Finding.refused(404, "no such client"));
        }
        String loop = Addresses.inquiry(DIALECT + '.' + client.seat().loop());
        JsonObject which = new JsonObject().put("session", client.seat().session());
        return bus.<Finding>request(loop, new Inquiry(DIALECT, which))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .map(message -> message.body().body())
                .otherwise(new JsonObject())
                .map(known -> Finding.of(describe(client, known)));
    }

    private JsonObject describe(LocalClient client, JsonObject known) {
        return new JsonObject()
                .put("client_id", client.id())
                .put("user_id", client.user())
                .put("channels", new JsonArray(List.copyOf(client.channels().keySet())))
                .put("state", client.state())
                .put("last_ping", known.getString("last_ping"))
                .put("last_pong", known.getString("last_pong"))
                .put(
                        "metadata",
                        new JsonObject()
                                .put("node", view.self())
                                .put("connected_at", IsoLocal.of(Instant.ofEpochMilli(client.since()))));
    }

    /** Who is in a channel. */
    Future<Finding> channel(String name) {
        return homes.idsOf(name).map(found -> {
            JsonArray ids = found.getJsonArray("ids");
            return Finding.of(new JsonObject()
                    .put("channel", name)
                    .put("subscriber_count", ids.size())
                    .put("subscribers", ids));
        });
    }
}
