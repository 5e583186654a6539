package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Two nodes and a Redis that decides which of them owns: neither needs the other to go on. */
@EnabledIf("io.tickmesh.redis.RedisServer#available")
final class ArbiterIT {
    private static final double TICKS_PER_SECOND = 20;
    private static final List<String> TOPICS = List.of("trade/fmp:AAPL", "quote/fmp:AAPL");
    private static final Duration A_LEASE_AND_MORE = Duration.ofSeconds(4);

    private static RedisServer redis;
    private static ClusterUnderTest cluster;

    @BeforeAll
    static void startTwo() {
        redis = RedisServer.running();
        cluster = new ClusterUnderTest(
                        Site.LOOPBACK, List.of(), TICKS_PER_SECOND, "cluster.arbiter=redis", "redis.url=" + redis.url())
                .start("n1", "n2");
    }

    @AfterAll
    static void end() {
        cluster.close();
        redis.close();
    }

    @BeforeEach
    void watch() {
        for (String node : List.of("n1", "n2")) {
            if (!cluster.nodes().contains(node)) {
                cluster.start(node);
            }
            cluster.stream(node, TOPICS);
            cluster.prices(node, "AAPL");
        }
        cluster.awaitFlow();
        cluster.nodes().forEach(cluster::awaitVoting);
    }

    @AfterEach
    void leave() {
        try {
            cluster.check();
        } finally {
            cluster.dropAll();
        }
    }

    @Test
    void shouldGoOnWhenTheOwnerIsKilled() {
        String owner = cluster.owner();
        cluster.mark(System.nanoTime());
        cluster.kill(owner);
        cluster.awaitTakeover(owner);
        cluster.expectSilenceBelow(Bounds.OWNER_LOST, cluster.nodes());
    }

    /** What Redis has forgotten the owner tells it anew. */
    @Test
    void shouldKeepItsOwnerWhenRedisForgets() {
        String owner = cluster.owner();
        int logins = cluster.upstream().logins(ClusterUnderTest.FEED).size();
        long forgot = System.nanoTime();
        redis.call("FLUSHALL");
        cluster.pass(A_LEASE_AND_MORE, forgot);
        cluster.awaitFlow();
        assertThat(cluster.owner()).isEqualTo(owner);
        assertThat(cluster.upstream().logins(ClusterUnderTest.FEED)).hasSize(logins);
    }

    /** Nobody may own while nobody decides; afterwards somebody does. */
    @Test
    void shouldNotActWhileRedisIsSilent() {
        redis.freeze();
        try {
            cluster.awaiting(
                    "nobody is logged in",
                    () -> cluster.upstream().open(ClusterUnderTest.FEED).isEmpty());
        } finally {
            redis.thaw();
        }
        cluster.awaitFlow();
        cluster.owner();
    }
}
