package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes, three voters, one upstream login: what must hold whatever happens to a node (design, section 10). */
final class ClusterIT {
    private static final double TICKS_PER_SECOND = 20;
    private static final List<String> TOPICS = List.of("trade/fmp:AAPL", "quote/fmp:AAPL", "trade/fmp:MSFT");

    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static ClusterUnderTest cluster;

    @BeforeAll
    static void startThree() {
        cluster = new ClusterUnderTest(
                        Site.LOOPBACK,
                        ClusterUnderTest.VOTERS,
                        TICKS_PER_SECOND,
                        "limits.linger=" + LINGER.toSeconds() + "s")
                .start("n1", "n2", "n3");
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    /** Three nodes with a client of each dialect, whatever the test before left. */
    @BeforeEach
    void watch() {
        cluster.restore();
        for (String node : cluster.nodes()) {
            watch(node);
        }
        cluster.awaitFlow();
    }

    private static void watch(String node) {
        cluster.stream(node, TOPICS);
        cluster.prices(node, "AAPL");
    }

    @AfterEach
    void leave() {
        try {
            cluster.check();
        } finally {
            cluster.dropAll();
        }
    }

    private List<?> registered() {
        List<JsonObject> open = cluster.upstream().open(ClusterUnderTest.FEED);
        return open.size() == 1
                ? open.get(0).getJsonArray("tickers").stream().sorted().toList()
                : List.of("not one session: " + open);
    }

    @Test
    void shouldMergeTheInterestOfThreeNodesIntoOneLogin() {
        cluster.awaiting("only what is held is registered", () -> registered().equals(List.of("aapl", "msft")));
        int logins = cluster.upstream().logins(ClusterUnderTest.FEED).size();
        long frames = cluster.upstream().controlFrames(ClusterUnderTest.FEED);
        List<Watcher> late = ClusterUnderTest.VOTERS.stream()
                .map(node -> cluster.stream(node, List.of("trade/fmp:NVDA")))
                .toList();
        cluster.awaitFlow();
        assertThat(registered()).isEqualTo(List.of("aapl", "msft", "nvda"));
        assertThat(cluster.upstream().controlFrames(ClusterUnderTest.FEED)).isEqualTo(frames + 1);
        cluster.drop(late.get(0));
        cluster.drop(late.get(1));
        long twoGone = System.nanoTime();
        cluster.pass(LINGER.multipliedBy(2), twoGone);
        cluster.awaitFlow();
        assertThat(registered()).isEqualTo(List.of("aapl", "msft", "nvda"));
        cluster.drop(late.get(2));
        cluster.awaiting("the last one out releases it", () -> registered().equals(List.of("aapl", "msft")));
        assertThat(cluster.upstream().logins(ClusterUnderTest.FEED)).hasSize(logins);
    }

    @Test
    void shouldGoOnWhenTheOwnerIsKilled() {
        String owner = cluster.owner();
        cluster.mark(System.nanoTime());
        cluster.kill(owner);
        cluster.awaitTakeover(owner);
        cluster.expectSilenceBelow(Bounds.OWNER_LOST, cluster.nodes());
    }

    @Test
    void shouldGoOnWhenTheOwnerIsStoppedAndLetGoAgain() {
        String owner = cluster.owner();
        long stopped = System.nanoTime();
        cluster.mark(stopped);
        cluster.pause(owner);
        cluster.awaitTakeover(owner);
        cluster.pass(PAUSE, stopped);
        cluster.resume(owner);
        cluster.awaitFlow();
        cluster.expectSilenceBelow(Bounds.OWNER_LOST, cluster.others(owner));
        cluster.owner();
    }

    @Test
    void shouldGoOnWhenTheOwnerLeaves() {
        String owner = cluster.owner();
        List<Watcher> sentAway = cluster.watchersAt(List.of(owner));
        cluster.mark(System.nanoTime());
        NodeProcess leaving = cluster.leave(owner);
        cluster.awaitTakeover(owner);
        cluster.expectSilenceBelow(Bounds.CLEAN_LEAVE, cluster.nodes());
        assertThat(leaving.exitCode()).isEqualTo(143);
        cluster.awaiting("its clients are told", () -> sentAway.stream().allMatch(each -> each.closeCode() == 1001));
    }

    @Test
    void shouldNotMindAFourthNode() {
        String owner = cluster.owner();
        int logins = cluster.upstream().logins(ClusterUnderTest.FEED).size();
        cluster.start("n4");
        watch("n4");
        cluster.awaitFlow();
        assertThat(cluster.owner()).isEqualTo(owner);
        assertThat(cluster.upstream().logins(ClusterUnderTest.FEED)).hasSize(logins);
    }

    @Test
    void shouldRestartOneByOneWithoutLosingAPin() {
        cluster.pin("n1", "TSLA");
        cluster.awaiting("the pin is registered", () -> registered().contains("tsla"));
        for (String node : ClusterUnderTest.VOTERS) {
            cluster.mark(System.nanoTime());
            cluster.leave(node).exitCode();
            cluster.owner();
            cluster.awaitFlow();
            cluster.expectSilenceBelow(Bounds.CLEAN_LEAVE, cluster.nodes());
            cluster.forget(node);
            cluster.restoreVoters();
            watch(node);
            cluster.awaitFlow();
        }
        for (String node : ClusterUnderTest.VOTERS) {
            long now = System.currentTimeMillis();
            cluster.awaiting("a fresh value of the pin at " + node, () -> cluster.cachedAt(node, "TSLA") > now);
        }
        assertThat(registered()).isEqualTo(List.of("aapl", "msft", "tsla"));
        cluster.unpin("n2", "TSLA");
    }
}
