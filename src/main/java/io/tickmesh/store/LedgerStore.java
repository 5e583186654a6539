package io.tickmesh.store;

import io.tickmesh.bus.LedgerUpdate.Entry;
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
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of the cluster, which never expires: of two entries of a key the later stands, as it does on the nodes, so
 * that every node may write all it knows at any time. An entry reads {@code 1 version + node}, {@code -} once it was
 * taken back.
 */
final class LedgerStore {
    private static final int ENTRIES_PER_CALL = 1_000;
    private static final int MOST_PAGES = 1_000;
    private static final int LONGEST_KEY = 200;
    private static final int MOST_BYTES = 1_000;
    private static final long AHEAD_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** So long a node may have been away and still learn that something was taken back; as in the ledger of a node. */
    private static final long TOMBSTONE_MILLIS = TimeUnit.HOURS.toMillis(24);

    private static final Pattern ENTRY = Pattern.compile("1 ([0-9]{1,16}) ([+-]) (.{1,300})");

    private final RedisLink link;
    private final Metrics metrics;
    private final Complaints complaints;
    private final LongSupplier wallMillis;

    LedgerStore(RedisLink link, Metrics metrics, Complaints complaints, LongSupplier wallMillis) {
        this.link = link;
        this.metrics = metrics;
        this.complaints = complaints;
        this.wallMillis = wallMillis;
    }

    private long highestVersion() {
        return wallMillis.getAsLong() + AHEAD_MILLIS;
    }

    /** With no entries it only finds out whether the ledger is still there. */
    Future<StoreResult> write(List<Entry> entries) {
        List<Entry> part = entries.subList(0, Math.min(ENTRIES_PER_CALL, entries.size()));
        Request request = Request.cmd(Command.EVAL)
                .arg(Scripts.ENTER)
                .arg(1)
                .arg(link.key("ledger"))
                .arg(highestVersion());
        part.forEach(entry -> request.arg(entry.key()).arg(text(entry)));
        return link.send(request)
                .compose(answer -> {
                    boolean fresh = answer != null && answer.toInteger() == 1;
                    List<Entry> rest = entries.subList(part.size(), entries.size());
                    Future<StoreResult> others =
                            rest.isEmpty() ? Future.succeededFuture(StoreResult.WRITTEN) : write(rest);
                    return others.map(result -> fresh && result == StoreResult.WRITTEN ? forgotten() : result);
                })
                .otherwise(failure -> onFailure(failure));
    }

    private StoreResult forgotten() {
        metrics.counter(Count.REDIS_REWRITES, "ledger").increment();
        return StoreResult.FORGOTTEN;
    }

    private StoreResult onFailure(Throwable failure) {
        if (failure instanceof RedisFailure refused && refused.sort() == RedisFailure.Sort.REFUSED) {
            complaints.say("ledger", "Redis refuses the ledger: " + refused.getMessage());
        }
        return StoreResult.FAILED;
    }

    private static String text(Entry entry) {
        return "1 " + entry.version() + (entry.present() ? " + " : " - ") + entry.by();
    }

    /** All entries; null if they could not be read. */
    Future<@Nullable List<Entry>> read() {
        List<Entry> entries = new ArrayList<>();
        return readFrom("0", MOST_PAGES, entries).map(done -> entries).otherwise(failure -> {
            onFailure(failure);
            return null;
        });
    }

    private Future<@Nullable Void> readFrom(String cursor, int pages, List<Entry> entries) {
        Request request = Request.cmd(Command.EVAL)
                .arg(Scripts.PAGE)
                .arg(1)
                .arg(link.key("ledger"))
                .arg(cursor)
                .arg(MOST_BYTES);
        return link.send(request).compose(page -> {
            if (page == null || page.size() == 0) {
                return Future.succeededFuture();
            }
            for (int i = 1; i + 1 < page.size(); i += 2) {
                take(page.get(i), page.get(i + 1), entries);
            }
            String next = page.get(0).toString();
            return next.equals("0") || pages == 0 ? Future.succeededFuture() : readFrom(next, pages - 1, entries);
        });
    }

    private void take(Response key, Response value, List<Entry> entries) {
        String name = key.toString();
        if (name.isEmpty()) {
            return;
        }
        Matcher form = ENTRY.matcher(value.toString());
        long version = form.matches() ? Long.parseLong(form.group(1)) : Long.MAX_VALUE;
        if (name.length() > LONGEST_KEY || version > highestVersion()) {
            metrics.counter(Count.REDIS_BAD, "ledger").increment();
            complaints.say("ledger", "the ledger in Redis holds things that are none of ours, they are passed over");
            return;
        }
        boolean present = form.group(2).equals("+");
        if (present || wallMillis.getAsLong() - version <= TOMBSTONE_MILLIS) {
            entries.add(new Entry(name, version, form.group(3), present));
        }
    }
}
