package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes, three voters, one upstream login: what must hold whatever happens to a node (design, section 10). */
final class ClusterIT {
    private static final double TICKS_PER_SECOND = 20;
    private static final List<String> TOPICS = List.of("trade/fmp:AAPL", "quote/fmp:AAPL", "trade/fmp:MSFT");

    /** Section 10.3, in milliseconds. */
    private static final long CLEAN_LEAVE = 1_000;

    private static final long OWNER_LOST = 4_000;

    private ClusterUnderTest cluster;

    @BeforeEach
    void startThree() {
        cluster = new ClusterUnderTest(Site.LOOPBACK, ClusterUnderTest.VOTERS, TICKS_PER_SECOND, "limits.linger=1s")
                .start("n1", "n2", "n3");
        for (String node : ClusterUnderTest.VOTERS) {
            cluster.stream(node, TOPICS.toArray(String[]::new));
            cluster.prices(node, "AAPL");
        }
        cluster.awaitFlow();
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    private List<?> registered() {
        List<JsonObject> open = cluster.upstream().open(ClusterUnderTest.FEED);
        return open.size() == 1
                ? open.get(0).getJsonArray("tickers").stream().sorted().toList()
                : List.of("not one session: " + open);
    }

    @Test
    void shouldMergeTheInterestOfThreeNodesIntoOneLogin() {
        assertThat(registered()).isEqualTo(List.of("aapl", "msft"));
        long frames = cluster.upstream().controlFrames(ClusterUnderTest.FEED);
        List<Watcher> late = ClusterUnderTest.VOTERS.stream()
                .map(node -> cluster.stream(node, "trade/fmp:NVDA"))
                .toList();
        cluster.awaitFlow();
        assertThat(registered()).isEqualTo(List.of("aapl", "msft", "nvda"));
        assertThat(cluster.upstream().controlFrames(ClusterUnderTest.FEED)).isEqualTo(frames + 1);
        cluster.drop(late.get(0));
        cluster.drop(late.get(1));
        long twoGone = System.nanoTime();
        cluster.awaiting("longer than a topic lingers", () -> System.nanoTime() - twoGone > 2_000_000_000L);
        cluster.awaitFlow();
        assertThat(registered()).isEqualTo(List.of("aapl", "msft", "nvda"));
        cluster.drop(late.get(2));
        cluster.awaiting("the last one out releases it", () -> registered().equals(List.of("aapl", "msft")));
        assertThat(cluster.upstream().logins(ClusterUnderTest.FEED)).hasSize(1);
        cluster.check();
    }
}
