package io.tickmesh.config;

import java.time.Duration;

/**
 * The simulators: what {@code bin/tickmesh sim} runs, and what a node runs for its simulated feeds.
 *
 * @param host where the simulators listen
 * @param port where {@code bin/tickmesh sim} listens; a node's own simulators take ephemeral ports
 * @param seed of the price walks; the same seed and wall second give the same prices
 * @param ticksPerSecond per subscribed symbol, trades and quotes together
 * @param turn what has become due since the last one is sent together
 */
public record SimConfig(String host, int port, long seed, double ticksPerSecond, Duration turn) {
    public static final SimConfig DEFAULTS = new SimConfig("127.0.0.1", 8100, 1, 4);

    /** With turns of ten milliseconds. */
    public SimConfig(String host, int port, long seed, double ticksPerSecond) {
        this(host, port, seed, ticksPerSecond, Duration.ofMillis(10));
    }

    /** The same on another port. */
    public SimConfig onPort(int other) {
        return new SimConfig(host, other, seed, ticksPerSecond, turn);
    }

    /** The same, listening where there is room. */
    public SimConfig onAnyPort() {
        return new SimConfig(host, 0, seed, ticksPerSecond, turn);
    }
}
