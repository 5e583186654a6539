package io.tickmesh.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one node is configured with.
 *
 * @param holidays the operator's file of days on which markets are closed, or null
 * @param redis the memory that outlives the cluster, or null
 */
public record NodeConfig(
        String nodeName,
        DoorConfig http,
        ManagementConfig management,
        ClusterConfig cluster,
        UpstreamConfig upstream,
        LimitsConfig limits,
        SimConfig sim,
        List<FeedConfig> feeds,
        StockConfig stock,
        ChannelsConfig channels,
        SecurityConfig security,
        LogConfig log,
        @Nullable Path holidays,
        @Nullable RedisConfig redis) {
    public NodeConfig {
        feeds = List.copyOf(feeds);
    }

    /**
     * Without Redis, with the default log, channel service and security, the built-in holidays, and contract 2 as it is
     * written.
     */
    public NodeConfig(
            String nodeName,
            DoorConfig http,
            ManagementConfig management,
            ClusterConfig cluster,
            UpstreamConfig upstream,
            LimitsConfig limits,
            SimConfig sim,
            List<FeedConfig> feeds) {
        this(
                nodeName,
                http,
                management,
                cluster,
                upstream,
                limits,
                sim,
                feeds,
                StockConfig.of(feeds),
                ChannelsConfig.DEFAULTS,
                SecurityConfig.DEFAULTS,
                LogConfig.DEFAULTS,
                null,
                null);
    }
}
