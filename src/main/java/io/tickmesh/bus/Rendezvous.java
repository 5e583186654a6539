package io.tickmesh.bus;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which nodes are preferred for something named, such as a pool. All nodes find the same one without
 * asking, names spread evenly, and a node that comes or goes changes nothing between the others.
 */
public final class Rendezvous {
    private Rendezvous() {}

    public static List<String> order(String name, Collection<String> nodes) {
        return nodes.stream()
                .distinct()
                .sorted(Comparator.comparingLong((String node) -> -weight(name, node))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The first of the order; the nodes must not be none. */
    public static String first(String name, Collection<String> nodes) {
        String best = "";
        long most = -1;
        for (String node : nodes) {
            long weight = weight(name, node);
            if (weight > most || (weight == most && node.compareTo(best) < 0)) {
                best = node;
                most = weight;
            }
        }
        return best;
    }

    /** FNV-1a over both names, then the finish of MurmurHash3, without the sign. */
    public static long weight(String name, String node) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : (name + '\n' + node).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (hash ^ (hash >>> 33)) >>> 1;
    }
}
