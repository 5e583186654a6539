package io.tickmesh.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The optional memory that outlives the cluster.
 *
 * @param endpoints one server, or some Sentinels or nodes of a Redis Cluster
 * @param sentinelMaster what Sentinels call the master
 * @param password of the user that the addresses name, or of the default one; null where none is needed
 * @param ca a PEM file: the authority that the certificates of {@code rediss://} come from; null: those that Java trusts
 * @param poolSize connections of one node at most
 * @param timeout longest wait for a connection, and for the answer to a command
 * @param keyPrefix how every key begins
 * @param expiry what is not written anew for so long is forgotten; pins are never
 * @param writeInterval pause between two writes of a pool
 */
public record RedisConfig(
        Mode mode,
        List<RedisEndpoint> endpoints,
        String sentinelMaster,
        @Nullable Secret password,
        @Nullable String ca,
        int poolSize,
        Duration timeout,
        String keyPrefix,
        Duration expiry,
        Duration writeInterval) {
    /** What the addresses lead to. */
    public enum Mode {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    static final String SENTINEL_MASTER = "mymaster";
    static final int POOL_SIZE = 4;
    static final Duration TIMEOUT = Duration.ofSeconds(2);
    static final String KEY_PREFIX = "tickmesh";
    static final Duration EXPIRY = Duration.ofDays(7);
    static final Duration WRITE_INTERVAL = Duration.ofMillis(250);

    public RedisConfig {
        endpoints = List.copyOf(endpoints);
    }
}
