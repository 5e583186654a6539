package io.tickmesh.cluster;

import io.tickmesh.bus.Finding;
import io.tickmesh.bus.PoolOwner;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What operators ask of ownership, and what they command. */
final class OwnershipDesk {
    private final String node;
    private final List<String> voters;
    private final SortedMap<String, Long> members;
    private final Leases leases;

    OwnershipDesk(String node, List<String> voters, SortedMap<String, Long> members, Leases leases) {
        this.node = node;
        this.voters = voters;
        this.members = members;
        this.leases = leases;
    }

    JsonObject report() {
        JsonArray present = new JsonArray();
        members.forEach(
                (name, since) -> present.add(new JsonObject().put("name", name).put("since", since)));
        return new JsonObject()
                .put("node", node)
                .put("rule", rule())
                .put("voters", new JsonArray(voters))
                .put("members", present)
                .put("pools", pools());
    }

    private String rule() {
        if (voters.isEmpty()) {
            return "live members";
        }
        return voters.contains(RedisArbiter.NAME) ? "arbiter" : "voters";
    }

    private JsonArray pools() {
        Map<String, PoolOwner> owners = leases.owners();
        JsonArray pools = new JsonArray();
        for (String pool : new TreeSet<>(leases.known())) {
            @Nullable PoolOwner owner = owners.get(pool);
            pools.add(new JsonObject()
                    .put("pool", pool)
                    .put("owner", owner == null ? null : owner.node())
                    .put("epoch", owner == null ? null : owner.epoch())
                    .put("heard", owner != null && owner.heard())
                    .put("here", leases.has(pool)));
        }
        return pools;
    }

    Finding move(@Nullable String pool, @Nullable String to, Moment now) {
        if (pool == null || !leases.known().contains(pool)) {
            return Finding.refused(404, "no such pool: " + pool);
        }
        if (to == null || !members.containsKey(to)) {
            return Finding.refused(404, "no live node of that name: " + to);
        }
        if (!leases.owns(pool)) {
            return Finding.refused(409, "node " + node + " does not own pool " + pool);
        }
        if (to.equals(node)) {
            return Finding.refused(409, "node " + node + " owns pool " + pool + " already");
        }
        leases.handOver(pool, to, now);
        return Finding.of(new JsonObject().put("pool", pool).put("from", node).put("to", to));
    }
}
