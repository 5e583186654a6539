package io.tickmesh.store;

import io.tickmesh.bus.ChannelEvent.Numbered;
import io.tickmesh.bus.ChannelQuery;
import io.tickmesh.bus.ChannelWrite;
import io.tickmesh.bus.ChannelWritten;
import io.tickmesh.bus.StoreResult;
import io.tickmesh.bus.StoredChannel;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.redis.RedisFailure;
import io.tickmesh.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest messages of channels, a stream for each: the number of a message is the id of its entry, so that Redis itself
 * refuses what was written already, and what a home that is over still writes.
 */
final class ChannelStore {
    private static final long NUMBERS_PER_MILLI = 1_000;

    /** Nobody's clock is ahead so much; a higher number is none of ours. */
    private static final long AHEAD_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final RedisLink link;
    private final long expiryMillis;
    private final Metrics metrics;
    private final Complaints complaints;
    private final LongSupplier wallMillis;

    ChannelStore(RedisLink link, long expiryMillis, Metrics metrics, Complaints complaints, LongSupplier wallMillis) {
        this.link = link;
        this.expiryMillis = expiryMillis;
        this.metrics = metrics;
        this.complaints = complaints;
        this.wallMillis = wallMillis;
    }

    private Request request(String script, String channel) {
        return Request.cmd(Command.EVAL)
                .arg(script)
                .arg(1)
                .arg(link.key("channel:" + channel))
                .arg((wallMillis.getAsLong() + AHEAD_MILLIS) * NUMBERS_PER_MILLI);
    }

    Future<ChannelWritten> write(ChannelWrite write) {
        Request request = request(StreamScripts.WRITE, write.channel())
                .arg(write.follows())
                .arg(write.most())
                .arg(expiryMillis)
                .arg(write.end());
        for (Numbered message : write.messages()) {
            request.arg(message.number()).arg(message.json());
        }
        return link.send(request)
                .map(answer -> onWritten(write, answer))
                .otherwise(failure -> new ChannelWritten(onFailure(failure), 0));
    }

    private ChannelWritten onWritten(ChannelWrite write, @Nullable Response answer) {
        if (answer == null || answer.size() < 3) {
            complaints.say("write", "Redis gave an answer that makes no sense");
            return new ChannelWritten(StoreResult.FAILED, 0);
        }
        bad(answer.get(2).toInteger());
        long last = answer.get(1).toLong();
        if (answer.get(0).toInteger() == 0) {
            metrics.counter(Count.REDIS_REWRITES, "channel").increment();
            return new ChannelWritten(StoreResult.FORGOTTEN, last);
        }
        metrics.counter(Count.CHANNEL_HISTORY).increment(write.messages().size());
        return new ChannelWritten(StoreResult.WRITTEN, last);
    }

    private StoreResult onFailure(Throwable failure) {
        if (failure instanceof RedisFailure refused && refused.sort() == RedisFailure.Sort.REFUSED) {
            complaints.say("refused", "Redis refuses to write: " + refused.getMessage());
        }
        return StoreResult.FAILED;
    }

    private void bad(int times) {
        if (times > 0) {
            metrics.counter(Count.REDIS_BAD, "channel").increment(times);
            complaints.say("channel", "streams in Redis hold things that are none of ours, they are passed over");
        }
    }

    /** Fails where it cannot be read. */
    Future<StoredChannel> read(ChannelQuery query) {
        Request request =
                request(StreamScripts.READ, query.channel()).arg(query.most()).arg(StoredMessage.MOST_BYTES);
        return link.send(request).map(this::stored);
    }

    private StoredChannel stored(@Nullable Response answer) {
        if (answer == null || answer.size() < 3) {
            return new StoredChannel(0, false, List.of());
        }
        bad(answer.get(2).toInteger());
        List<Numbered> messages = new ArrayList<>();
        for (int i = answer.size() - 2; i >= 3; i -= 2) {
            @Nullable String json = StoredMessage.json(answer.get(i + 1).toBytes());
            if (json == null) {
                bad(1);
            } else {
                messages.add(new Numbered(answer.get(i).toLong(), json));
            }
        }
        return new StoredChannel(answer.get(0).toLong(), answer.get(1).toInteger() == 1, messages);
    }
}
