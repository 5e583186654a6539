package io.tickmesh.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The channel service of contract 3.
 *
 * @param maxConnections clients of this service per node
 * @param maxMessageSize largest message of a client, in bytes; a larger one closes it with 1009
 * @param pingInterval WebSocket pings to clients
 * @param pingTimeout a client that does not answer a ping for so long is closed
 * @param heartbeatInterval heartbeat messages to clients
 * @param connectionTimeout a client that shows no activity for so long, not even a pong, is closed
 * @param messageQueueSize messages that may wait for a slow client before it is closed
 * @param broadcastBufferSize sends that a node may have under way to other nodes
 * @param allowedOrigins origins of pages that may connect; {@code *} for all
 * @param requireAuth whether a client must name its user
 * @param replaceOld whether a client that comes with an id in use takes the place of the one that has it
 * @param maxRetries how often a send is tried again where the node that it was for had gone
 * @param retryTimeout how long that may go on
 * @param channelsPerClient channels that one client may subscribe to
 * @param historyMessages messages that are kept of one channel
 * @param historyBytes bytes that are kept of one channel
 * @param historyTotalBytes bytes that a node keeps of all channels, the least recently used going first
 * @param offlineMessages messages that are stored for a user who is not connected, where there is a Redis; 0 for none
 * @param offlineExpiry how long such a message is worth delivering
 * @param redisPrefix how the names of channels begin in Redis; null where they do not cross into it
 */
public record ChannelsConfig(
        int maxConnections,
        int maxMessageSize,
        Duration pingInterval,
        Duration pingTimeout,
        Duration heartbeatInterval,
        Duration connectionTimeout,
        int messageQueueSize,
        int broadcastBufferSize,
        List<String> allowedOrigins,
        boolean requireAuth,
        boolean replaceOld,
        int maxRetries,
        Duration retryTimeout,
        int channelsPerClient,
        int historyMessages,
        int historyBytes,
        long historyTotalBytes,
        int offlineMessages,
        Duration offlineExpiry,
        @Nullable String redisPrefix) {

    /** As on loopback, where a client need not name its user. */
    public static final ChannelsConfig DEFAULTS = new ChannelsConfig(
            1_000,
            1_048_576,
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            100,
            1_000,
            List.of("*"),
            false,
            false,
            3,
            Duration.ofSeconds(5),
            1_000,
            100,
            1_048_576,
            16L << 20,
            100,
            Duration.ofDays(7),
            null);

    static final String REDIS_PREFIX = "websocket";

    public ChannelsConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
