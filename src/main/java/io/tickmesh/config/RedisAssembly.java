package io.tickmesh.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the record of Redis and checks what one key alone cannot show. */
final class RedisAssembly {
    private final Values values;
    private final Path directory;
    private final Collection<Problem> problems;

    RedisAssembly(Values values, Path directory, Collection<Problem> problems) {
        this.values = values;
        this.directory = directory;
        this.problems = problems;
    }

    /** Null where no address is given. */
    @Nullable
    RedisConfig redis() {
        RedisConfig.Mode mode = values.require(Keys.REDIS_MODE);
        @Nullable List<RedisEndpoint> endpoints = values.get(Keys.REDIS_URL);
        if (endpoints == null || endpoints.isEmpty()) {
            if (mode != RedisConfig.Mode.STANDALONE && values.sound(Keys.REDIS_URL)) {
                refuse(Keys.REDIS_MODE, "needs redis.url");
            }
            return null;
        }
        check(mode, endpoints);
        @Nullable Secret ofUrl = endpoints.get(0).password();
        @Nullable Secret ofKey = values.get(Keys.REDIS_PASSWORD);
        return new RedisConfig(
                mode,
                endpoints,
                values.require(Keys.REDIS_SENTINEL_MASTER),
                ofKey == null ? ofUrl : ofKey,
                ca(endpoints.get(0).tls()),
                values.require(Keys.REDIS_POOL_SIZE),
                values.require(Keys.REDIS_TIMEOUT),
                values.require(Keys.REDIS_KEY_PREFIX),
                values.require(Keys.REDIS_EXPIRY),
                values.require(Keys.REDIS_WRITE_INTERVAL));
    }

    private void check(RedisConfig.Mode mode, List<RedisEndpoint> endpoints) {
        RedisEndpoint first = endpoints.get(0);
        if (mode == RedisConfig.Mode.STANDALONE && endpoints.size() > 1) {
            refuse(Keys.REDIS_URL, "must be one address unless redis.mode is sentinel or cluster");
        }
        if (mode == RedisConfig.Mode.CLUSTER && first.database() != 0) {
            refuse(Keys.REDIS_URL, "must not name a database: a Redis Cluster has only database 0");
        }
        if (!endpoints.stream().allMatch(first::isLike)) {
            refuse(Keys.REDIS_URL, "must name the same scheme, user, password and database in each address");
        }
        if (first.password() != null && values.get(Keys.REDIS_PASSWORD) != null) {
            refuse(Keys.REDIS_PASSWORD, "must not be given beside a password in redis.url");
        }
    }

    private @Nullable String ca(boolean tls) {
        @Nullable String name = values.get(Keys.REDIS_CA);
        if (name == null) {
            return null;
        }
        if (!tls) {
            refuse(Keys.REDIS_CA, "needs an address that begins with rediss://");
        }
        if (!FeedAssembly.isReadable(directory, name)) {
            refuse(Keys.REDIS_CA, "cannot be read: " + Quoted.value(name));
            return null;
        }
        return directory.resolve(name).toString();
    }

    private void refuse(Key<?> key, String why) {
        problems.add(new Problem(key.path(), values.source(key), why));
    }
}
