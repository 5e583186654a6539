package io.tickmesh.admin;

import io.tickmesh.bus.PoolOwner;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pools of the cluster, who owns them, and what the owners say of them. */
final class Pools {
    private final Nodes nodes;

    Pools(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * A pool as this node knows it without asking its owner.
     *
     * @param owner the latest owner; null if none was heard of
     */
    record Pool(
            String name, @Nullable String owner, @Nullable Long epoch, boolean heard) {
        private static Pool of(PoolOwner owner) {
            return new Pool(owner.pool(), owner.node(), owner.epoch(), owner.heard());
        }

        private static Pool of(JsonObject told) {
            return new Pool(
                    told.getString("pool"), told.getString("owner"), told.getLong("epoch"), told.getBoolean("heard"));
        }

        String requireOwner() {
            if (owner == null) {
                throw new Refusal(503, "No node owns pool " + name + " now");
            }
            return owner;
        }

        JsonObject json() {
            return new JsonObject()
                    .put("pool", name)
                    .put("owner", owner)
                    .put("epoch", epoch)
                    .put("heard", heard);
        }
    }

    /** All pools by name, from the ownership part of this node; while that says nothing, from what it said before. */
    Future<NavigableMap<String, Pool>> all() {
        return nodes.ask(nodes.self(), "ownership", new JsonObject())
                .map(finding -> all(Refusal.unless(finding)))
                .otherwise(cause -> fromMemory());
    }

    /** The pools of a report of the ownership part. */
    NavigableMap<String, Pool> all(JsonObject ownership) {
        NavigableMap<String, Pool> all = fromMemory();
        for (Object each : ownership.getJsonArray("pools", new JsonArray())) {
            Pool pool = Pool.of((JsonObject) each);
            all.put(pool.name(), pool);
        }
        return all;
    }

    private NavigableMap<String, Pool> fromMemory() {
        NavigableMap<String, Pool> all = new TreeMap<>();
        nodes.owners().values().forEach(owner -> all.put(owner.pool(), Pool.of(owner)));
        return all;
    }

    /** The pool's feed as its owner sees it, or, with {@code answered} false, as much as is known without. */
    Future<JsonObject> feed(Pool pool) {
        JsonObject known = pool.json().put("answered", false);
        if (pool.owner() == null) {
            return Future.succeededFuture(known);
        }
        return nodes.ask(pool.owner(), partOf(pool), new JsonObject().put("ask", "feed"))
                .map(finding -> known.copy()
                        .mergeIn(Refusal.unless(finding))
                        .put("heard", pool.heard())
                        .put("answered", true))
                .otherwise(known);
    }

    static String partOf(Pool pool) {
        return "pool." + pool.name();
    }

    Future<Pool> require(String name) {
        return all().map(all -> {
            Pool pool = all.get(name);
            if (pool == null) {
                throw new Refusal(404, "No such pool");
            }
            return pool;
        });
    }

    /** The pool of that name, or that with the feed of that name. */
    Future<Pool> withFeed(String id) {
        return all().compose(all -> {
            Pool pool = all.get(id);
            return pool != null ? Future.succeededFuture(pool) : byFeed(id, all);
        });
    }

    private Future<Pool> byFeed(String id, Map<String, Pool> all) {
        List<Future<JsonObject>> feeds = all.values().stream().map(this::feed).toList();
        return Future.all(feeds).map(done -> {
            for (Future<JsonObject> feed : feeds) {
                Pool pool = all.get(feed.result().getString("pool"));
                if (pool != null && id.equals(feed.result().getString("feed"))) {
                    return pool;
                }
            }
            throw new Refusal(404, "No such pool or feed");
        });
    }
}
