package io.tickmesh.cluster;

import io.tickmesh.bus.PoolOwner;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When an owner gives a pool to another node so that the load is spread: only if it has at least two more than the least
 * loaded one, and nobody came or went for a while. Pure rule: no bus, no clock.
 */
final class Spread {
    /** A cluster that is being started or restarted is left in peace. */
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A pool whose new owner would not have it comes back; it is not offered again so soon. */
    private static final long SAME_POOL_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final String node;
    private final Map<String, Long> offered = new HashMap<>();
    private long calmSince;

    Spread(String node, long nanoTime) {
        this.node = node;
        this.calmSince = nanoTime;
    }

    /** A pool and who is to have it. */
    record Move(String pool, String to) {}

    /** Somebody came, went, or took a pool over. */
    void onChange(long nanoTime) {
        calmSince = nanoTime;
    }

    /** What this node is to give away now, or null. */
    @Nullable
    Move next(Collection<PoolOwner> owners, Set<String> live, long nanoTime) {
        if (nanoTime - calmSince < CALM_NANOS || live.size() < 2) {
            return null;
        }
        Map<String, Integer> loads = new HashMap<>();
        live.forEach(each -> loads.put(each, 0));
        Set<String> mine = new TreeSet<>();
        for (PoolOwner owner : owners) {
            loads.merge(owner.node(), 1, Integer::sum);
            if (owner.node().equals(node)) {
                mine.add(owner.pool());
            }
        }
        String least = live.stream()
                .min(Comparator.<String, Integer>comparing(each -> loads.getOrDefault(each, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(node);
        if (mine.size() < loads.getOrDefault(least, 0) + 2) {
            return null;
        }
        for (String pool : mine) {
            Long before = offered.get(pool);
            if (before == null || nanoTime - before > SAME_POOL_NANOS) {
                offered.put(pool, nanoTime);
                onChange(nanoTime);
                return new Move(pool, least);
            }
        }
        return null;
    }
}
