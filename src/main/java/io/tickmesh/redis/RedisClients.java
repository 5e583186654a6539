package io.tickmesh.redis;

import io.tickmesh.config.RedisConfig;
import io.tickmesh.config.RedisEndpoint;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;
import org.jspecify.annotations.Nullable;

/** Makes clients of the kind that the configuration says. */
final class RedisClients {
    /** What may wait for a connection; more is refused. */
    static final int MOST_WAITING = 256;

    private RedisClients() {}

    static Redis create(Vertx vertx, RedisConfig config) {
        RedisOptions options = new RedisOptions()
                .setNetClientOptions(sockets(config))
                .setMaxPoolSize(config.poolSize())
                .setMaxPoolWaiting(MOST_WAITING)
                .setMaxWaitingHandlers(MOST_WAITING)
                .setType(type(config.mode()));
        for (RedisEndpoint endpoint : config.endpoints()) {
            String database = endpoint.database() == 0 ? "" : "/" + endpoint.database();
            options.addConnectionString(endpoint.address() + database);
        }
        if (config.mode() == RedisConfig.Mode.SENTINEL) {
            options.setMasterName(config.sentinelMaster()).setRole(RedisRole.MASTER);
        }
        if (config.password() != null) {
            options.setPassword(config.password().reveal());
        }
        @Nullable String user = config.endpoints().get(0).user();
        if (user != null) {
            options.setUser(user);
        }
        return Redis.createClient(vertx, options);
    }

    private static RedisClientType type(RedisConfig.Mode mode) {
        return switch (mode) {
            case STANDALONE -> RedisClientType.STANDALONE;
            case SENTINEL -> RedisClientType.SENTINEL;
            case CLUSTER -> RedisClientType.CLUSTER;
        };
    }

    private static NetClientOptions sockets(RedisConfig config) {
        NetClientOptions options = new NetClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true);
        if (config.endpoints().get(0).tls()) {
            options.setHostnameVerificationAlgorithm("HTTPS");
            @Nullable String ca = config.ca();
            if (ca != null) {
                options.setTrustOptions(new PemTrustOptions().addCertPath(ca));
            }
        }
        return options;
    }
}
