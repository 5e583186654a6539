package io.tickmesh.metrics;

import java.util.List;

/** Everything whose level is watched. Names are a contract with dashboards: append, never rename. */
public enum Level {
    FEED_CONNECTED("tickmesh_feed_connected", "1 while the feed is logged in and streaming, else 0", "pool", "feed"),
    FEED_ATTEMPTS("tickmesh_feed_attempts", "Connects tried in a row without a stable session", "pool", "feed"),
    FEED_REGISTERED("tickmesh_feed_registered", "Upstream registrations in use", "pool", "feed"),
    LINK_IN_FLIGHT("tickmesh_link_in_flight", "Events sent to nodes and not acknowledged yet", "pool"),
    LINK_WAITING("tickmesh_link_waiting", "Events that wait until a node acknowledges earlier ones", "pool"),
    CLIENT_SESSIONS("tickmesh_client_sessions", "Open client sessions", "dialect", "loop"),
    CLIENT_WAITING("tickmesh_client_waiting", "Topics and answers that wait in the queues of slow clients", "loop"),
    HELD_TOPICS("tickmesh_held_topics", "Topics that sessions or pins of this node hold"),
    CACHED_TOPICS("tickmesh_cached_topics", "Topics with a newest value on this node"),
    CHANNEL_NODES("tickmesh_channel_nodes", "Nodes that serve channels together, as this one sees them"),
    CHANNEL_AWAITED("tickmesh_channel_awaited", "Nodes that have yet to tell who of theirs is in the rooms kept here"),
    REDIS_CONNECTED("tickmesh_redis_connected", "1 while Redis answers, else 0"),
    REDIS_UNDER_WAY("tickmesh_redis_under_way", "Commands that wait for an answer from Redis"),
    REDIS_WAITING("tickmesh_redis_waiting", "Topics whose newest value is not in Redis yet", "pool");

    private final String metric;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
    private final List<String> labels;

    Level(String metric, String help, String... labels) {
        this.metric = metric;
        this.help = help;
        this.labels = List.of(labels);
    }

    String metric() {
        return metric;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels;
    }
}
