package io.tickmesh.redis;

import io.tickmesh.config.RedisConfig;
import io.tickmesh.config.RedisEndpoint;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Level;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's way to Redis, shared by all roles; to be called from any thread.
 *
 * <p>While there is no connection, whatever is asked fails at once, so that nothing piles up in front of a Redis that has
 * gone; what is under way is bounded, and each command is answered or fails within the configured time. The first that is
 * not answered ends all connections: then it is tried again and again, with pauses that grow to ten seconds. Nobody is
 * ever told that Redis was there by anything but an answer from it.
 */
public final class RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final int MOST_UNDER_WAY = 128;
    private static final long PROBE_MILLIS = 2_000;
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Answers of a server that cannot serve now, whatever it is asked. */
    private static final Set<String> USELESS = Set.of(
            "NOAUTH",
            "WRONGPASS",
            "LOADING",
            "READONLY",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "CONNECTION_CLOSED",
            "UNBLOCKED");

    private final Vertx vertx;
    private final Context context;
    private final RedisConfig config;
    private final Metrics metrics;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private final List<Runnable> onUp = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Promise<Void> firstAttempt = Promise.promise();

    /** The client that answers; null while none does. */
    private volatile @Nullable Redis client;

    private volatile String reason = "connecting";
    private volatile long since = System.currentTimeMillis();
    private volatile boolean closed;
    private @Nullable Redis connecting;
    private long prober;
    private long said = System.nanoTime() - QUIET_NANOS;

    public RedisLink(Vertx vertx, RedisConfig config, Metrics metrics) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.metrics = metrics;
        metrics.gauge(Level.REDIS_CONNECTED, () -> client == null ? 0 : 1);
        metrics.gauge(Level.REDIS_UNDER_WAY, underWay::get);
    }

    /** Begins to connect; the future ends with the first attempt, whatever came of it. */
    public Future<Void> open() {
        context.runOnContext(start -> {
            connect();
            prober = vertx.setPeriodic(PROBE_MILLIS, timer -> probe());
        });
        return firstAttempt.future();
    }

    /** To be called at each new connection, and at once where there is one. */
    public void whenUp(Runnable action) {
        onUp.add(action);
        if (isUp()) {
            action.run();
        }
    }

    public boolean isUp() {
        return client != null;
    }

    /** The longest that an answer may take. */
    public long timeoutMillis() {
        return config.timeout().toMillis();
    }

    /** What the keys of this cluster look like. */
    public String key(String rest) {
        return config.keyPrefix() + ':' + rest;
    }

    /** One command on any connection; fails with a {@link RedisFailure}. */
    public Future<@Nullable Response> send(Request command) {
        Redis current = client;
        return current == null ? failed(RedisFailure.Sort.DOWN, "Redis is down: " + reason) : send(current, command);
    }

    private Future<@Nullable Response> send(Redis current, Request command) {
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            return failed(RedisFailure.Sort.BUSY, "too many commands wait for Redis");
        }
        return current.send(command)
                .timeout(timeoutMillis(), TimeUnit.MILLISECONDS)
                .onComplete(done -> underWay.decrementAndGet())
                .recover(cause -> Future.failedFuture(failure(current, cause)));
    }

    /**
     * A connection for subscriptions, which must get no other commands: the client takes what is published for the answer
     * to them. Nothing reopens it; whoever has it listens to its end, and closes it. It takes one place of the pool.
     */
    public Future<RedisConnection> subscriber() {
        Redis current = client;
        if (current == null) {
            return failed(RedisFailure.Sort.DOWN, "Redis is down: " + reason);
        }
        return current.connect()
                .timeout(timeoutMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(failure(current, cause)));
    }

    private <T> Future<T> failed(RedisFailure.Sort sort, String message) {
        return Future.failedFuture(counted(new RedisFailure(sort, message)));
    }

    private RedisFailure counted(RedisFailure failure) {
        metrics.counter(Count.REDIS_FAILURES, failure.sort().word()).increment();
        return failure;
    }

    /** Gives a failure its sort, and ends the connections where it says that they are good for nothing. */
    private RedisFailure failure(Redis from, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof TimeoutException) {
            lost(from, "no answer within " + timeoutMillis() + " ms");
            return counted(new RedisFailure(RedisFailure.Sort.TIMEOUT, "no answer in time"));
        }
        RedisFailure answer = new RedisFailure(RedisFailure.Sort.REFUSED, message);
        if (cause instanceof ErrorType && !USELESS.contains(answer.code())) {
            return counted(answer);
        }
        lost(from, message);
        return counted(new RedisFailure(RedisFailure.Sort.CLOSED, message));
    }

    private void lost(Redis lost, String why) {
        context.runOnContext(turn -> {
            if (client == lost) {
                client = null;
                lost.close();
                down(why);
            }
        });
    }

    private void down(String why) {
        reason = why;
        since = System.currentTimeMillis();
        complain(why);
        if (!closed) {
            vertx.setTimer(backoff.next(), timer -> connect());
        }
    }

    /** Once a minute at most: a Redis that stays away is no news. */
    private void complain(String why) {
        long now = System.nanoTime();
        if (now - said >= QUIET_NANOS) {
            said = now;
            LOG.atWarn()
                    .addKeyValue("redis", addresses())
                    .addKeyValue("attempts", backoff.failures())
                    .log("Redis cannot be used, the node goes on without: " + why);
        }
    }

    private void connect() {
        if (closed || client != null || connecting != null) {
            return;
        }
        metrics.counter(Count.REDIS_CONNECTS).increment();
        Redis tried = RedisClients.create(vertx, config);
        connecting = tried;
        tried.send(Request.cmd(Command.PING))
                .timeout(timeoutMillis(), TimeUnit.MILLISECONDS)
                .onComplete(pong -> context.runOnContext(turn -> {
                    connecting = null;
                    if (pong.succeeded() && !closed) {
                        up(tried);
                    } else {
                        tried.close();
                        down(pong.succeeded() ? "closed" : why(pong.cause()));
                    }
                    firstAttempt.tryComplete();
                }));
    }

    private String why(Throwable cause) {
        return cause instanceof TimeoutException
                ? "no answer within " + timeoutMillis() + " ms"
                : String.valueOf(cause.getMessage());
    }

    private void up(Redis connected) {
        backoff.clear();
        client = connected;
        reason = "";
        since = System.currentTimeMillis();
        said = System.nanoTime() - QUIET_NANOS;
        LOG.atInfo().addKeyValue("redis", addresses()).log("Redis is there");
        onUp.forEach(Runnable::run);
    }

    /** That a server has gone shows only when it is asked something. */
    private void probe() {
        Redis current = client;
        if (current != null && underWay.get() == 0) {
            send(current, Request.cmd(Command.PING));
        }
    }

    private String addresses() {
        return config.endpoints().stream().map(RedisEndpoint::address).collect(Collectors.joining(","));
    }

    /** What operators see of it. */
    public JsonObject report() {
        return new JsonObject()
                .put("state", isUp() ? "up" : "down")
                .put("reason", reason)
                .put("since", since)
                .put("mode", config.mode().name().toLowerCase(Locale.ROOT))
                .put("address", addresses());
    }

    /** Ends all connections for good. */
    public Future<Void> close() {
        closed = true;
        Promise<Void> gone = Promise.promise();
        context.runOnContext(turn -> {
            vertx.cancelTimer(prober);
            Redis last = client == null ? connecting : client;
            client = null;
            reason = "closed";
            (last == null ? Future.<Void>succeededFuture() : last.close()).onComplete(gone);
        });
        return gone.future();
    }
}
