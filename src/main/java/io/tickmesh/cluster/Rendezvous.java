package io.tickmesh.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which nodes are preferred for a pool. All nodes find the same one without asking, pools spread evenly,
 * and a node that comes or goes changes nothing between the others.
 */
final class Rendezvous {
    private Rendezvous() {}

    static List<String> order(String pool, Collection<String> nodes) {
        return nodes.stream()
                .distinct()
                .sorted(Comparator.comparingLong((String node) -> -weight(pool, node))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** FNV-1a over both names, then the finish of MurmurHash3, without the sign. */
    private static long weight(String pool, String node) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : (pool + '\n' + node).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (hash ^ (hash >>> 33)) >>> 1;
    }
}
