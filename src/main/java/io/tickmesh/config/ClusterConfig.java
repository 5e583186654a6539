package io.tickmesh.config;

import java.util.List;

/**
 * How nodes find each other.
 *
 * @param name nodes of another name are strangers
 * @param host the address that Hazelcast and the event bus bind to
 * @param port the first port that Hazelcast tries; taken ones are skipped upwards
 * @param busPort the port of the event bus; 0 takes a free one
 * @param members {@code host[:port]} of other nodes to look for
 * @param voters node names that vote on ownership; empty means the live members
 * @param arbiter {@code cluster} or {@code redis}
 * @param kubernetes discovery that replaces the list of members
 * @param guard against strangers
 */
public record ClusterConfig(
        String name,
        String host,
        int port,
        int busPort,
        List<String> members,
        List<String> voters,
        String arbiter,
        KubernetesConfig kubernetes,
        GuardConfig guard) {
    private static final int FIRST_PORT = 5_701;

    /** Nodes of one machine find each other; nothing is reachable from outside. */
    public static final ClusterConfig DEFAULTS =
            new ClusterConfig("tickmesh", "127.0.0.1", List.of("127.0.0.1"), List.of(), "cluster");

    public ClusterConfig {
        members = List.copyOf(members);
        voters = List.copyOf(voters);
    }

    /** Without Kubernetes and guards, on the default ports. */
    public ClusterConfig(String name, String host, List<String> members, List<String> voters, String arbiter) {
        this(name, host, FIRST_PORT, 0, members, voters, arbiter, KubernetesConfig.DEFAULTS, GuardConfig.NONE);
    }
}
