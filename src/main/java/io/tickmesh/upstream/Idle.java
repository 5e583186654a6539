package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.market.FeedState;
import org.jspecify.annotations.Nullable;

/** Why a feed connects nowhere for as long as its configuration stands. */
record Idle(FeedState state, String reason) {
    /** Null for a feed that can connect. */
    static @Nullable Idle of(PoolSetup setup) {
        FeedConfig feed = setup.feed();
        if (feed.effectiveMode() == FeedConfig.Mode.OFF) {
            return new Idle(FeedState.OFF, "feed " + feed.id() + " is switched off");
        }
        return setup.provider().configured(feed.credentials())
                ? null
                : new Idle(FeedState.UNCONFIGURED, setup.provider().notConfigured());
    }

    /** Why its topics are refused, or null where they only wait. */
    @Nullable
    String refusal() {
        return state == FeedState.OFF ? reason : null;
    }
}
