package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.upstream.fmp.Fmp;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Setups that tests share. */
final class Setups {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;
    static final Duration LINGER = Duration.ofSeconds(5);
    static final Fmp FMP = new Fmp();

    private Setups() {}

    static FeedConfig feed(FeedConfig.Mode mode, String url, int maxSubscriptions) {
        return new FeedConfig(
                "fmp",
                "fmp",
                "stock",
                mode,
                url,
                "",
                maxSubscriptions,
                FeedConfig.Overflow.FALLBACK,
                Map.of("api_key", new Secret("made-up-key")),
                null);
    }

    static PoolSetup setup(int maxSubscriptions) {
        return new PoolSetup(
                "n1",
                List.of(feed(FeedConfig.Mode.LIVE, "ws://nowhere", maxSubscriptions)),
                UpstreamConfig.DEFAULTS,
                LINGER,
                FMP);
    }
}
