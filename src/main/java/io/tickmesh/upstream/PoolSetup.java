package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.config.UpstreamConfig;
import java.time.Duration;
import java.util.List;

/**
 * What a pool is made of.
 *
 * @param node the name of this node
 * @param feeds at least one; all simulated, or none
 * @param linger the interest of a node that left is kept so long
 * @param historyBytes bound of the short history that sessions resume from
 */
record PoolSetup(
        String node,
        List<FeedConfig> feeds,
        UpstreamConfig timing,
        Duration linger,
        Provider provider,
        long historyBytes) {
    PoolSetup {
        feeds = List.copyOf(feeds);
    }

    /** A pool that may keep a history of the usual size. */
    PoolSetup(String node, List<FeedConfig> feeds, UpstreamConfig timing, Duration linger, Provider provider) {
        this(node, feeds, timing, linger, provider, LimitsConfig.DEFAULTS.historyBytes());
    }

    String pool() {
        return feeds.get(0).pool();
    }

    /** Whether a topic without a slot is refused instead of filled in. */
    boolean rejects() {
        return feeds.get(0).slotsOverflow() == FeedConfig.Overflow.REJECT;
    }

    /** Neither log, state nor metric may show a credential, not even one that a provider repeats. */
    String masked(String text) {
        String masked = text;
        for (FeedConfig feed : feeds) {
            for (var secret : feed.credentials().values()) {
                masked = masked.replace(secret.reveal(), secret.toString());
            }
        }
        return masked;
    }
}
