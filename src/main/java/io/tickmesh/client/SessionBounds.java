package io.tickmesh.client;

import io.tickmesh.config.LimitsConfig;
import java.time.Duration;

/**
 * What a dialect allows one session.
 *
 * @param messageBytes largest message from the client
 * @param messageQueueSize frames that may wait for a slow client before it is closed
 * @param pingInterval WebSocket pings to the client
 * @param pingTimeout a client that sends nothing for so long after a ping is closed
 * @param silence a client that sends nothing for so long is closed
 * @param requestsPerSecond messages of the client in the long run, and five times as many at once
 */
public record SessionBounds(
        int messageBytes,
        int messageQueueSize,
        Duration pingInterval,
        Duration pingTimeout,
        Duration silence,
        int requestsPerSecond) {
    /** Those of the node; a single ping without an answer ends nothing there. */
    static SessionBounds of(LimitsConfig limits) {
        return new SessionBounds(
                limits.messageBytes(),
                limits.messageQueueSize(),
                limits.pingInterval(),
                limits.clientTimeout(),
                limits.clientTimeout(),
                limits.requestsPerSecond());
    }
}
