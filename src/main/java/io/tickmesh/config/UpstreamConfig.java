package io.tickmesh.config;

import java.time.Duration;

/**
 * Timing of all feed sessions.
 *
 * @param connectTimeout TCP, TLS and upgrade together
 * @param loginTimeout wait for the provider's answer to a login
 * @param ackTimeout wait for the provider's answer to a subscribe or unsubscribe
 * @param quietWindow subscribes and unsubscribes wait so long for more of their kind, and go out merged
 * @param quietWindowMost the longest that a steady stream of changes may put them off
 * @param watchdog a session without any frame for so long is given up
 * @param pingInterval WebSocket pings to the provider
 * @param backoffFirst pause before the first reconnect; doubles with each attempt
 * @param backoffDoublings after so many doublings the pause is {@code backoffMost}
 * @param backoffMost pause between later attempts, for ever
 * @param stableAfter a session that lasts so long clears the count of attempts
 * @param refusedPause pause after a refused login or a login from another location
 */
public record UpstreamConfig(
        Duration connectTimeout,
        Duration loginTimeout,
        Duration ackTimeout,
        Duration quietWindow,
        Duration quietWindowMost,
        Duration watchdog,
        Duration pingInterval,
        Duration backoffFirst,
        int backoffDoublings,
        Duration backoffMost,
        Duration stableAfter,
        Duration refusedPause) {

    public static final UpstreamConfig DEFAULTS = new UpstreamConfig(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(90),
            Duration.ofSeconds(25),
            Duration.ofSeconds(1),
            4,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5));
}
