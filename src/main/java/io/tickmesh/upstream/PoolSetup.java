package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import java.time.Duration;

/**
 * What a pool is made of.
 *
 * @param node the name of this node
 * @param linger the interest of a node that left is kept so long
 */
record PoolSetup(String node, FeedConfig feed, UpstreamConfig timing, Duration linger, Provider provider) {
    String pool() {
        return feed.pool();
    }

    /** Neither log, state nor metric may show a credential, not even one that a provider repeats. */
    String masked(String text) {
        String masked = text;
        for (var secret : feed.credentials().values()) {
            masked = masked.replace(secret.reveal(), secret.toString());
        }
        return masked;
    }
}
