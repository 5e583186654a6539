package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.FeedState;
import org.jspecify.annotations.Nullable;

/** Why a feed connects nowhere for as long as its configuration stands. */
record Idle(FeedState state, String reason) {
    /** Null for a feed that can connect. */
    static @Nullable Idle of(FeedConfig feed, Provider provider) {
        if (feed.effectiveMode() == FeedConfig.Mode.OFF) {
            return new Idle(FeedState.OFF, "feed " + feed.id() + " is switched off");
        }
        return provider.configured(feed.credentials())
                ? null
                : new Idle(FeedState.UNCONFIGURED, provider.notConfigured());
    }

    /** Why its topics are refused, or null where they only wait. */
    @Nullable
    String refusal() {
        return state == FeedState.OFF ? reason : null;
    }
}
