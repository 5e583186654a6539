package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the provider has, as far as it tells: asked for by the owner alone, at the beginning and then now and then, because
 * markets come and go. While there is no list, everything may be; while the details of a listed one are not known, all of
 * them may be.
 */
final class Catalogue {
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(30);

    /** So that fill-in keeps nearly all of the provider's pace. */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Provider provider;
    private final @Nullable CatalogueLanguage language;
    private final @Nullable FeedConfig feed;
    private final RestFill.Line line;
    private final PoolEngine.Memory memory;
    private final Runnable onList;
    private final Map<String, List<String>> details = new HashMap<>();
    private final Deque<RestCall> further = new ArrayDeque<>();
    private @Nullable Set<String> known;
    private boolean asking;
    private boolean asked;
    private boolean troubled;
    private long listedAt;
    private long dueAt;

    /** The list of a pool, if its provider has one; {@code onList} is told of each that comes. */
    Catalogue(PoolSetup setup, PoolEngine.Memory memory, RestFill.Line line, Runnable onList) {
        this.provider = setup.provider();
        this.language = provider.catalogue();
        this.feed = setup.feeds().stream()
                .filter(each -> Idle.of(each, provider) == null)
                .findFirst()
                .orElse(null);
        this.line = line;
        this.memory = memory;
        this.onList = onList;
    }

    /** Why there can be no such topic, or null if there may be. */
    @Nullable
    String unknown(Topic topic) {
        if (known == null || language == null || topic.kind() == Kind.NOTICE) {
            return null;
        }
        String symbol = topic.instrument().symbol();
        if (!known.contains(symbol)) {
            return provider.name() + " has no " + symbol;
        }
        @Nullable List<String> told = details.get(symbol);
        return told == null ? null : language.unknown(topic, told);
    }

    void wake(long now) {
        if (nanosToWake(now) > 0 || language == null || feed == null) {
            return;
        }
        CatalogueLanguage asks = language;
        Access access = memory.passes().apply(feed).access();
        @Nullable RestCall next = further.poll();
        asking = true;
        asked = true;
        if (next == null) {
            line.call(feed, asks.call(access), (reply, time) -> onList(asks, access, reply, time));
        } else {
            line.call(feed, next, (reply, time) -> onDetails(asks, reply, time));
        }
    }

    private void onList(CatalogueLanguage asks, Access access, @Nullable RestReply reply, long now) {
        @Nullable Set<String> list = reply == null ? null : asks.read(reply);
        troubled = list == null;
        listedAt = now;
        if (list != null) {
            known = list;
            details.keySet().retainAll(list);
            further.addAll(asks.details(list, access));
            onList.run();
        }
        onReply(reply, now);
    }

    /** What was told before stays where an answer fails: it changes seldom. */
    private void onDetails(CatalogueLanguage asks, @Nullable RestReply reply, long now) {
        @Nullable Map<String, List<String>> told = reply == null ? null : asks.readDetails(reply);
        if (told == null) {
            troubled = true;
        } else {
            details.putAll(told);
            details.keySet().retainAll(known == null ? Set.of() : known);
            onList.run();
        }
        onReply(reply, now);
    }

    private void onReply(@Nullable RestReply reply, long now) {
        long usual =
                further.isEmpty() ? listedAt - now + (troubled ? AFTER_TROUBLE : EVERY).toNanos() : BETWEEN.toNanos();
        Duration pause = reply == null ? Duration.ZERO : provider.pauseAfter(reply);
        asking = false;
        dueAt = now + Math.max(usual, pause.toNanos());
    }

    long nanosToWake(long now) {
        if (language == null || feed == null || asking) {
            return Long.MAX_VALUE;
        }
        return asked ? dueAt - now : 0;
    }
}
