package io.tickmesh;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the simulator saw of the nodes. Each logs in with a key of its own, so the provider kicks nobody, and whatever
 * a node sends without a lease is on record and has a name.
 */
final class UpstreamLog {
    private final Map<Long, JsonObject> sessions = new TreeMap<>();

    /** Takes the newest records; those that the simulator has forgotten since are kept. */
    void take(JsonArray records) {
        records.stream().map(JsonObject.class::cast).forEach(each -> sessions.put(each.getLong("id"), each));
    }

    /** From the first to the last thing that a node did on a session; times in epoch milliseconds. */
    record Tenure(long session, String feed, String node, long from, long to) {
        private static Tenure of(JsonObject session) {
            long from = session.getLong("opened_at");
            long to = Math.max(from, session.getLong("pinged_at"));
            for (Object frame : session.getJsonArray("frames")) {
                to = Math.max(to, ((JsonObject) frame).getLong("at"));
            }
            if (session.getString("close_reason").startsWith("client closed")) {
                to = Math.max(to, session.getLong("closed_at"));
            }
            return new Tenure(session.getLong("id"), session.getString("feed"), nodeOf(session), from, to);
        }

        private boolean overlaps(Tenure later) {
            return feed.equals(later.feed) && session != later.session && from <= later.to && later.from < to;
        }
    }

    /** The key ends with the name of the node, and the log shows its last two characters. */
    static String nodeOf(JsonObject session) {
        return session.getString("key").replace("*", "");
    }

    private List<Tenure> tenures() {
        return sessions.values().stream()
                .map(Tenure::of)
                .sorted(Comparator.comparingLong(Tenure::from))
                .toList();
    }

    /** The pairs of sessions of one feed on which something was sent at the same time: there may be none. */
    List<String> overlaps() {
        List<String> found = new ArrayList<>();
        List<Tenure> all = tenures();
        for (int later = 1; later < all.size(); later++) {
            for (Tenure earlier : all.subList(0, later)) {
                if (earlier.overlaps(all.get(later))) {
                    found.add(earlier + " overlaps " + all.get(later));
                }
            }
        }
        return found;
    }

    /** The sessions of a feed that were let in, oldest first. */
    List<JsonObject> logins(String feed) {
        return sessions.values().stream()
                .filter(each -> each.getString("feed").equals(feed))
                .filter(each -> each.getLong("logged_in_at") > 0)
                .toList();
    }

    /** The sessions of a feed that are let in and open, oldest first. */
    List<JsonObject> open(String feed) {
        return logins(feed).stream()
                .filter(each -> each.getLong("closed_at") == 0)
                .toList();
    }

    /** When a node last did something on a feed; 0 if never. */
    long lastSent(String feed, String node) {
        return tenures().stream()
                .filter(each -> each.feed().equals(feed) && Objects.equals(each.node(), node))
                .mapToLong(Tenure::to)
                .max()
                .orElse(0);
    }

    /** How many control frames were received on a feed, by all its sessions. */
    long controlFrames(String feed) {
        return logins(feed).stream()
                .mapToLong(each -> each.getLong("control_frames"))
                .sum();
    }
}
