package io.tickmesh.config;

import java.time.Duration;

/**
 * What one client may ask of a node, and what a node keeps.
 *
 * @param connections open client sockets per node
 * @param messageBytes largest message from a client; a larger one closes the session with 1009
 * @param bodyBytes largest REST body
 * @param symbolsPerRequest topics or symbols in one request
 * @param topicsPerSession topics that one session may hold
 * @param messageQueueSize answers and notices that may wait for a slow client before it is closed
 * @param sendBufferBytes the kernel's send buffer of a client socket: the most that may be under way to a slow client
 * @param slowClientAfter a client that takes nothing for so long is closed
 * @param pingInterval WebSocket pings to clients
 * @param clientTimeout a client that sends nothing, not even a pong, for so long is closed
 * @param linger a topic without holders is kept so long
 * @param historyBytes bound of the short history of all topics of a node
 * @param cachedTopics topics whose newest value a node keeps, the least recently changed going first
 * @param requestsPerSecond requests of one session in the long run, and five times as many at once
 * @param coalesceAbove an event loop that would flush more often in a second lets ticks wait for more
 * @param coalesceWait the longest such wait
 */
public record LimitsConfig(
        int connections,
        int messageBytes,
        int bodyBytes,
        int symbolsPerRequest,
        int topicsPerSession,
        int messageQueueSize,
        int sendBufferBytes,
        Duration slowClientAfter,
        Duration pingInterval,
        Duration clientTimeout,
        Duration linger,
        long historyBytes,
        int cachedTopics,
        int requestsPerSecond,
        int coalesceAbove,
        Duration coalesceWait) {

    public static final LimitsConfig DEFAULTS = new LimitsConfig(
            20_000,
            262_144,
            1_048_576,
            5_000,
            20_000,
            100,
            65_536,
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(75),
            Duration.ofSeconds(5),
            64L << 20,
            100_000,
            200,
            30_000,
            Duration.ofMillis(15));
}
