package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Cuts between nodes that all still reach the provider. Needs root and iproute2; run by {@code bin/chaos partition}. */
final class PartitionIT {
    private static final double TICKS_PER_SECOND = 20;
    private static final List<String> TOPICS = List.of("trade/fmp:AAPL", "quote/fmp:AAPL");
    /** Longer than it takes every node to give the others up. */
    private static final Duration CUT = Duration.ofSeconds(8);

    private final Namespaces network = new Namespaces();

    private ClusterUnderTest started(List<String> voters, String... nodes) {
        ClusterUnderTest cluster = new ClusterUnderTest(network, voters, TICKS_PER_SECOND).start(nodes);
        for (String node : nodes) {
            cluster.stream(node, TOPICS);
            cluster.prices(node, "AAPL");
        }
        cluster.awaitFlow();
        List.of(nodes).forEach(cluster::awaitVoting);
        return cluster;
    }

    @Test
    void shouldStopByItselfWhenCutOffBeforeAnotherBegins() {
        try (ClusterUnderTest cluster = started(ClusterUnderTest.VOTERS, "n1", "n2", "n3")) {
            String owner = cluster.owner();
            cutAndHeal(cluster, owner, List.of(owner));
            cluster.check();
        }
    }

    @Test
    void shouldStopWhenLeftWithANodeThatDoesNotVote() {
        try (ClusterUnderTest cluster = started(ClusterUnderTest.VOTERS, "n1", "n2", "n3", "n4")) {
            String owner = cluster.owner();
            String withIt = owner.equals("n4") ? "n1" : "n4";
            cutAndHeal(cluster, owner, List.of(owner, withIt));
            cluster.check();
        }
    }

    private void cutAndHeal(ClusterUnderTest cluster, String owner, List<String> minority) {
        List<String> majority = cluster.nodes().stream()
                .filter(each -> !minority.contains(each))
                .toList();
        long begun = System.nanoTime();
        cluster.mark(begun);
        network.cut(List.of(majority, minority));
        cluster.awaiting(
                "one of " + majority + " logs in",
                () -> cluster.upstream().open(ClusterUnderTest.FEED).stream()
                        .map(UpstreamLog::nodeOf)
                        .anyMatch(majority::contains));
        assertThat(cluster.upstream().open(ClusterUnderTest.FEED))
                .as("the owner that was cut off has gone before")
                .noneMatch(each -> Objects.equals(UpstreamLog.nodeOf(each), owner));
        cluster.awaitFlow(majority, System.nanoTime());
        cluster.expectSilenceBelow(Bounds.OWNER_LOST, majority);
        cluster.pass(CUT, begun);
        for (Watcher each : cluster.watchersAt(minority)) {
            assertThat(each.flowsSince(begun + CUT.toNanos() / 2))
                    .as("%s", each)
                    .isFalse();
        }
        network.heal();
        cluster.awaitFlow();
        cluster.owner();
        cluster.expectSilenceBelow(Bounds.OWNER_LOST, majority);
    }

    /** Availability first: both halves run until they find each other. Clients still see no step back. */
    @Test
    void shouldRunTwiceWithoutVotersUntilHealed() {
        try (ClusterUnderTest cluster = started(List.of(), "n1", "n2", "n3")) {
            String owner = cluster.owner();
            long begun = System.nanoTime();
            network.cut(List.of(cluster.others(owner), List.of(owner)));
            cluster.awaiting(
                    "both halves are logged in",
                    () -> cluster.upstream().open(ClusterUnderTest.FEED).size() == 2);
            cluster.awaitFlow();
            cluster.pass(CUT, begun);
            network.heal();
            cluster.owner();
            cluster.awaitFlow();
            cluster.checkClients();
            assertThat(cluster.upstream().overlaps()).as("as documented").isNotEmpty();
        }
    }

    /** Redis sees both, and stays with the owner; the other waits for the owner to be heard again. */
    @Test
    void shouldKeepItsOwnerWhereRedisDecidesBetweenTwo() {
        try (RedisServer redis = RedisServer.running("--bind 0.0.0.0", "--protected-mode no");
                ClusterUnderTest cluster = new ClusterUnderTest(
                                network,
                                List.of(),
                                TICKS_PER_SECOND,
                                "cluster.arbiter=redis",
                                "redis.url=redis://" + network.provider() + ':' + redis.port())
                        .start("n1", "n2")) {
            for (String node : cluster.nodes()) {
                cluster.stream(node, TOPICS);
                cluster.prices(node, "AAPL");
            }
            cluster.awaitFlow();
            String owner = cluster.owner();
            int logins = cluster.upstream().logins(ClusterUnderTest.FEED).size();
            long begun = System.nanoTime();
            cluster.mark(begun);
            network.cut(List.of(List.of(owner), cluster.others(owner)));
            cluster.pass(CUT, begun);
            cluster.expectSilenceBelow(Bounds.OWNER_LOST, List.of(owner));
            assertThat(cluster.upstream().logins(ClusterUnderTest.FEED)).hasSize(logins);
            network.heal();
            cluster.awaitFlow();
            assertThat(cluster.owner()).isEqualTo(owner);
            cluster.check();
        }
    }

    /** Nor does it matter to Redis which of two stands still. */
    @Test
    void shouldGoOnWithRedisWhenTheOwnerIsStoppedAndLetGoAgain() {
        try (RedisServer redis = RedisServer.running("--bind 0.0.0.0", "--protected-mode no");
                ClusterUnderTest cluster = new ClusterUnderTest(
                                network,
                                List.of(),
                                TICKS_PER_SECOND,
                                "cluster.arbiter=redis",
                                "redis.url=redis://" + network.provider() + ':' + redis.port())
                        .start("n1", "n2")) {
            cluster.nodes().forEach(node -> cluster.stream(node, TOPICS));
            cluster.awaitFlow();
            cluster.nodes().forEach(cluster::awaitVoting);
            String owner = cluster.owner();
            long stopped = System.nanoTime();
            cluster.mark(stopped);
            cluster.pause(owner);
            cluster.awaitTakeover(owner);
            cluster.pass(CUT, stopped);
            cluster.resume(owner);
            cluster.awaitFlow();
            cluster.expectSilenceBelow(Bounds.OWNER_LOST, cluster.others(owner));
            cluster.owner();
            cluster.check();
        }
    }
}
