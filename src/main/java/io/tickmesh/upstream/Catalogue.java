package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the provider has, as far as it tells: asked for by the owner alone, at the beginning and then now and then, because
 * markets come and go. While there is no list, everything may be.
 */
final class Catalogue {
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(30);

    private final Provider provider;
    private final @Nullable CatalogueLanguage language;
    private final @Nullable FeedConfig feed;
    private final RestFill.Line line;
    private final PoolEngine.Memory memory;
    private final Runnable onList;
    private @Nullable Set<String> known;
    private boolean asking;
    private boolean asked;
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
        if (known == null || topic.kind() == Kind.NOTICE || known.contains(provider.keyOf(topic))) {
            return null;
        }
        return provider.name() + " has no " + topic.instrument().symbol();
    }

    void wake(long now) {
        if (nanosToWake(now) > 0 || language == null || feed == null) {
            return;
        }
        CatalogueLanguage asks = language;
        asking = true;
        asked = true;
        RestCall call = asks.call(memory.passes().apply(feed).access());
        line.call(feed, call, (reply, time) -> onReply(asks, reply, time));
    }

    private void onReply(CatalogueLanguage asks, @Nullable RestReply reply, long now) {
        @Nullable Set<String> list = reply == null ? null : asks.read(reply);
        Duration pause = reply == null ? Duration.ZERO : provider.pauseAfter(reply);
        Duration usual = list == null ? AFTER_TROUBLE : EVERY;
        asking = false;
        dueAt = now + (pause.compareTo(usual) > 0 ? pause : usual).toNanos();
        if (list != null) {
            known = list;
            onList.run();
        }
    }

    long nanosToWake(long now) {
        if (language == null || feed == null || asking) {
            return Long.MAX_VALUE;
        }
        return asked ? dueAt - now : 0;
    }
}
