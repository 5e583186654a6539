package io.tickmesh.config;

import java.util.List;

/** Everything that one node is configured with. */
public record NodeConfig(
        String nodeName,
        DoorConfig http,
        ManagementConfig management,
        ClusterConfig cluster,
        UpstreamConfig upstream,
        LimitsConfig limits,
        SimConfig sim,
        List<FeedConfig> feeds,
        LogConfig log,
        SecurityConfig security) {
    public NodeConfig {
        feeds = List.copyOf(feeds);
    }

    /** With the default log and security. */
    public NodeConfig(
            String nodeName,
            DoorConfig http,
            ManagementConfig management,
            ClusterConfig cluster,
            UpstreamConfig upstream,
            LimitsConfig limits,
            SimConfig sim,
            List<FeedConfig> feeds) {
        this(nodeName, http, management, cluster, upstream, limits, sim, feeds, LogConfig.DEFAULTS, SecurityConfig.DEFAULTS);
    }
}
