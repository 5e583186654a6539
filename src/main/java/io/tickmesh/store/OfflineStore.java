package io.tickmesh.store;

import io.tickmesh.bus.OfflineFound;
import io.tickmesh.bus.OfflineFound.Entry;
import io.tickmesh.bus.OfflineQuery;
import io.tickmesh.bus.OfflineRemoval;
import io.tickmesh.bus.OfflineWrite;
import io.tickmesh.bus.OfflineWritten;
import io.tickmesh.bus.StoreResult;
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
import org.jspecify.annotations.Nullable;

/** Messages for users of whom no client is connected, a stream for each; Redis says when each of them came. */
final class OfflineStore {
    private final RedisLink link;
    private final Metrics metrics;
    private final Complaints complaints;

    OfflineStore(RedisLink link, Metrics metrics, Complaints complaints) {
        this.link = link;
        this.metrics = metrics;
        this.complaints = complaints;
    }

    private String key(String user) {
        return link.key("user:" + user);
    }

    private Request request(String script, String user) {
        return Request.cmd(Command.EVAL).arg(script).arg(1).arg(key(user));
    }

    Future<OfflineWritten> write(OfflineWrite write) {
        Request request = request(StreamScripts.LEAVE, write.user())
                .arg(write.most())
                .arg(write.expiryMillis())
                .arg(write.json());
        return link.send(request)
                .map(answer -> {
                    if (answer == null || answer.size() < 2) {
                        return new OfflineWritten(false, 0);
                    }
                    bad(answer.get(1).toInteger());
                    return new OfflineWritten(true, answer.get(0).toInteger());
                })
                .otherwise(failure -> {
                    refused(failure);
                    return new OfflineWritten(false, 0);
                });
    }

    private void refused(Throwable failure) {
        if (failure instanceof RedisFailure refused && refused.sort() == RedisFailure.Sort.REFUSED) {
            complaints.say("refused", "Redis refuses to write: " + refused.getMessage());
        }
    }

    private void bad(int times) {
        if (times > 0) {
            metrics.counter(Count.REDIS_BAD, "user").increment(times);
            complaints.say("user", "streams of users in Redis held things that are none of ours, they were removed");
        }
    }

    /** Fails where it cannot be read. */
    Future<OfflineFound> read(OfflineQuery query) {
        Request request = request(StreamScripts.FETCH, query.user())
                .arg(query.most())
                .arg(query.expiryMillis())
                .arg(StoredMessage.MOST_BYTES);
        return link.send(request).map(answer -> found(query.user(), answer));
    }

    private OfflineFound found(String user, @Nullable Response answer) {
        List<Entry> entries = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        if (answer != null && answer.size() > 0) {
            bad(answer.get(0).toInteger());
            for (int i = 1; i + 1 < answer.size(); i += 2) {
                String id = answer.get(i).toString();
                @Nullable String json = StoredMessage.json(answer.get(i + 1).toBytes());
                if (json == null) {
                    damaged.add(id);
                } else {
                    entries.add(new Entry(id, json));
                }
            }
        }
        if (!damaged.isEmpty()) {
            bad(damaged.size());
            remove(new OfflineRemoval(user, damaged));
        }
        return new OfflineFound(entries);
    }

    Future<StoreResult> remove(OfflineRemoval removal) {
        if (removal.ids().isEmpty()) {
            return Future.succeededFuture(StoreResult.WRITTEN);
        }
        Request request = Request.cmd(Command.XDEL).arg(key(removal.user()));
        removal.ids().forEach(request::arg);
        return link.send(request).map(StoreResult.WRITTEN).otherwise(failure -> {
            refused(failure);
            return StoreResult.FAILED;
        });
    }
}
