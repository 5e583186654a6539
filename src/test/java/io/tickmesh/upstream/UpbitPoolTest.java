package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.upstream.upbit.Upbit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a pool of Upbit does about what is Upbit's own. */
class UpbitPoolTest {
    private final EngineBench bench = new EngineBench(new PoolSetup(
            "n1",
            List.of(new FeedConfig(
                    "upbit",
                    "upbit",
                    "",
                    FeedConfig.Mode.LIVE,
                    "ws://nowhere",
                    "http://nowhere",
                    200,
                    FeedConfig.Overflow.FALLBACK,
                    Map.of(),
                    null)),
            UpstreamConfig.DEFAULTS,
            Setups.LINGER,
            new Upbit(1)));

    static RestReply reply(int status, String body) {
        return new RestReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldNotConnectBeforeABlockIsOver() {
        bench.start();
        int blocked = bench.link;
        bench.link().onUpgradeRefused(blocked, reply(418, "Blocked for 600 seconds."), bench.now);

        assertThat(bench.link().state()).isEqualTo(FeedState.WAITING);
        assertThat(bench.link().reason()).isEqualTo("cannot connect: HTTP 418");
        bench.pass(599 * SECOND);
        assertThat(bench.link).isEqualTo(blocked);
        bench.pass(SECOND);
        assertThat(bench.link).isEqualTo(blocked + 1);
    }

    @Test
    void shouldHoldOtherAnswersToAnUpgradeForAConnectThatFailed() {
        bench.start();
        bench.link().onUpgradeRefused(bench.link, reply(503, ""), bench.now);
        assertThat(bench.link().state()).isEqualTo(FeedState.WAITING);
        assertThat(bench.retries.pauseEnd() - bench.now)
                .isEqualTo(UpstreamConfig.DEFAULTS.backoffFirst().toNanos());
        bench.pass(10 * SECOND);
        bench.link().onUpgradeRefused(bench.link, reply(401, ""), bench.now);
        assertThat(bench.link().state()).isEqualTo(FeedState.SUSPENDED);
    }
}
