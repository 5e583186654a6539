package io.tickmesh.channel;

import io.micrometer.core.instrument.Counter;
import io.tickmesh.bus.Room;
import io.tickmesh.market.IsoLocal;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels as other systems see them in Redis: each message to a channel is published under the name of the channel,
 * without an envelope, and what others publish there reaches the clients.
 *
 * <p>Every node hears everything. Only the home of a channel publishes, and only the home takes what comes in, so that it is
 * numbered among the others and reaches each client once. Redis promises nothing: what is published while it is away, or
 * while this node has no subscription, is not heard.
 */
final class RedisCrossing {
    private static final Logger LOG = LoggerFactory.getLogger(RedisCrossing.class);
    private static final int LONGEST_NAME = 200;
    private static final int MOST_UNSENT = 1_000;
    private static final long AGAIN_MILLIS = 500;
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Vertx vertx;
    private final Context context;
    private final RedisLink redis;
    private final String prefix;
    private final int mostBytes;
    private final Post post;
    private final Deque<Request> unsent = new ArrayDeque<>();
    private final Echoes echoes = new Echoes(System::nanoTime);
    private final Counter published;
    private final Counter unpublished;
    private final Counter taken;
    private final Counter refused;
    private @Nullable RedisConnection listening;
    private boolean subscribing;
    private boolean publishing;
    private boolean closed;
    private long said = System.nanoTime() - QUIET_NANOS;

    /**
     * To be made on the event loop of the channel service.
     *
     * @param prefix of the names in Redis, without the colon behind it
     */
    RedisCrossing(Vertx vertx, RedisLink redis, String prefix, int mostBytes, Post post, Metrics metrics) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.redis = redis;
        this.prefix = prefix + ':';
        this.mostBytes = mostBytes;
        this.post = post;
        this.published = metrics.counter(Count.CHANNEL_PUBLISHED);
        this.unpublished = metrics.counter(Count.CHANNEL_UNPUBLISHED);
        this.taken = metrics.counter(Count.CHANNEL_FOREIGN);
        this.refused = metrics.counter(Count.CHANNEL_FOREIGN_REFUSED);
    }

    void open() {
        redis.whenUp(() -> context.runOnContext(turn -> subscribe()));
    }

    void close() {
        closed = true;
        if (listening != null) {
            listening.close();
        }
    }

    /** Publishes a message of a channel whose home this node is. */
    void publish(String channel, String json) {
        if (!redis.isUp() || unsent.size() >= MOST_UNSENT) {
            unpublished.increment();
            return;
        }
        echoes.published(channel, json);
        unsent.add(Request.cmd(Command.PUBLISH).arg(prefix + channel).arg(json));
        sendNext();
    }

    /** One after the other: what goes by different connections may overtake. */
    private void sendNext() {
        Request next = publishing ? null : unsent.poll();
        if (next == null) {
            return;
        }
        publishing = true;
        redis.send(next)
                .onComplete(sent -> context.runOnContext(turn -> {
                    (sent.succeeded() ? published : unpublished).increment();
                    publishing = false;
                    sendNext();
                }));
    }

    /** There is one subscription, or one on its way, or none since Redis is away. */
    private void subscribe() {
        if (closed || subscribing || listening != null) {
            return;
        }
        subscribing = true;
        redis.subscriber()
                .onComplete(connected -> context.runOnContext(turn -> {
                    subscribing = false;
                    RedisConnection connection = connected.result();
                    if (connection == null || closed) {
                        again();
                    } else {
                        listen(connection);
                    }
                }));
    }

    private void again() {
        if (!closed) {
            vertx.setTimer(AGAIN_MILLIS, timer -> {
                if (redis.isUp()) {
                    subscribe();
                }
            });
        }
    }

    private void listen(RedisConnection connection) {
        listening = connection;
        connection.handler(message -> context.runOnContext(turn -> onMessage(message)));
        connection.endHandler(ended -> context.runOnContext(turn -> lost(connection)));
        connection.exceptionHandler(cause -> context.runOnContext(turn -> lost(connection)));
        connection
                .send(Request.cmd(Command.PSUBSCRIBE).arg(literally(prefix) + '*'))
                .timeout(redis.timeoutMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> context.runOnContext(turn -> lost(connection)));
    }

    private void lost(RedisConnection connection) {
        if (listening == connection) {
            listening = null;
            connection.close();
            again();
        }
    }

    /** A pattern that only this text fits. */
    static String literally(String text) {
        return text.replaceAll("[\\[\\]*?\\\\^]", "\\\\$0");
    }

    private void onMessage(Response message) {
        if (message.size() != 4 || !"pmessage".equals(String.valueOf(message.get(0)))) {
            return;
        }
        String name = String.valueOf(message.get(2));
        byte[] payload = message.get(3).toBytes();
        if (!name.startsWith(prefix)) {
            return;
        }
        String channel = name.substring(prefix.length());
        String fault = payload.length > mostBytes
                ? "is larger than " + mostBytes + " bytes"
                : isName(channel) ? null : "is for a channel that no client can name";
        if (fault == null && !post.atHome(Room.channel(channel), () -> onForeign(channel, payload))) {
            fault = "comes while too many wait";
        }
        if (fault != null) {
            refuse(fault);
        }
    }

    private static boolean isName(String channel) {
        return !channel.isEmpty()
                && channel.length() <= LONGEST_NAME
                && channel.chars().noneMatch(Character::isISOControl);
    }

    private void onForeign(String channel, byte[] payload) {
        String text = text(payload);
        if (text == null) {
            refuse("is no UTF-8 text");
        } else if (!echoes.hears(channel, text) && !post.knows(Room.channel(channel), text)) {
            take(channel, text);
        }
    }

    private static @Nullable String text(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void take(String channel, String text) {
        try {
            JsonObject message = new JsonObject(text);
            String json = message.getValue("timestamp") != null
                    ? text
                    : message.put("timestamp", IsoLocal.now()).encode();
            if (post.arrive(Room.channel(channel), json)) {
                taken.increment();
            } else {
                refuse("comes while too many are under way");
            }
        } catch (DecodeException | ClassCastException e) {
            refuse("is no JSON object");
        }
    }

    /** Said once a minute at most: who sends one sends many. */
    private void refuse(String why) {
        refused.increment();
        long now = System.nanoTime();
        if (now - said >= QUIET_NANOS) {
            said = now;
            LOG.atWarn().log("a message from Redis is refused, it " + why);
        }
    }
}
