package io.tickmesh.cluster;

import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerUpdate.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to no node: each has all of it, the last writer of a key wins. Ledgers that have exchanged everything they
 * know are the same, in whatever order they did. Pure bookkeeping: no bus, no clock.
 */
final class Ledger {
    /** Entries, what was taken back included. */
    static final int MOST = 200_000;

    private static final int LONGEST_KEY = 200;

    /** So long it is known that something was taken back; a node that was away for longer may bring it again. */
    private static final long TOMBSTONE_MILLIS = TimeUnit.HOURS.toMillis(24);

    private final String node;
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private long highest;
    private long digest;

    Ledger(String node) {
        this.node = node;
    }

    /**
     * Enters keys and takes others back.
     *
     * @return what has changed by that, for the other nodes
     * @throws IllegalArgumentException if there would be too much, or a key is none; then nothing is changed
     */
    List<Entry> change(Set<String> add, Set<String> remove, long wallMillis) {
        long fresh = add.stream().filter(key -> !entries.containsKey(key)).count();
        if (entries.size() + fresh > MOST) {
            throw new IllegalArgumentException("the cluster keeps at most " + MOST + " pins and orders");
        }
        for (String key : add) {
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                throw new IllegalArgumentException("not a key: " + key);
            }
        }
        highest = Math.max(highest + 1, wallMillis);
        List<Entry> changed = new ArrayList<>();
        add.stream().filter(key -> !has(key)).forEach(key -> changed.add(new Entry(key, highest, node, true)));
        remove.stream().filter(this::has).forEach(key -> changed.add(new Entry(key, highest, node, false)));
        changed.forEach(this::put);
        return changed;
    }

    private boolean has(String key) {
        @Nullable Entry entry = entries.get(key);
        return entry != null && entry.present();
    }

    /** Takes what another node knows, and returns what that changed here. */
    LedgerNews merge(Collection<Entry> told) {
        Set<String> added = new HashSet<>();
        Set<String> removed = new HashSet<>();
        for (Entry entry : told) {
            @Nullable Entry mine = entries.get(entry.key());
            if (mine != null ? !later(entry, mine) : entries.size() >= MOST) {
                continue;
            }
            boolean before = has(entry.key());
            put(entry);
            if (entry.present() && !before) {
                added.add(entry.key());
            } else if (!entry.present() && before) {
                removed.add(entry.key());
            }
        }
        return new LedgerNews(added, removed);
    }

    private static boolean later(Entry entry, Entry than) {
        return entry.version() == than.version()
                ? entry.by().compareTo(than.by()) > 0
                : entry.version() > than.version();
    }

    private void put(Entry entry) {
        highest = Math.max(highest, entry.version());
        @Nullable Entry before = entries.put(entry.key(), entry);
        digest += weight(entry) - (before == null ? 0 : weight(before));
    }

    private static long weight(Entry entry) {
        if (!entry.present()) {
            return 0;
        }
        long mixed = (entry.key().hashCode() * 31L + entry.by().hashCode()) * 0x9E3779B97F4A7C15L + entry.version();
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 27);
    }

    /** Forgets what was taken back long ago. */
    void expire(long wallMillis) {
        entries.values().removeIf(entry -> !entry.present() && wallMillis - entry.version() > TOMBSTONE_MILLIS);
    }

    /** The same for ledgers in which the same stands. */
    long digest() {
        return digest;
    }

    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** What stands, of the keys that begin so. */
    Set<String> keys(String prefix) {
        Set<String> keys = new HashSet<>();
        for (Map.Entry<String, Entry> each : entries.tailMap(prefix).entrySet()) {
            if (!each.getKey().startsWith(prefix)) {
                break;
            }
            if (each.getValue().present()) {
                keys.add(each.getKey());
            }
        }
        return keys;
    }
}
