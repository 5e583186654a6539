package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Much interest and many clients when a node is lost. Run by {@code bin/chaos load}. */
final class ClusterLoadIT {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLoadIT.class);
    private static final int TOPICS = 20_000;
    private static final int TOPICS_PER_REQUEST = 5_000;
    private static final int CLIENTS = 2_000;
    private static final int FEW_FRAMES = 2;

    /** Both nodes hold every topic; one dies, and the other asks the provider for all of them anew. */
    @Test
    void shouldTakeOverTwentyThousandTopics() {
        try (ClusterUnderTest cluster =
                        new ClusterUnderTest(Site.LOOPBACK, List.of(), 0.2, "feeds.fmp.max_subscriptions=" + TOPICS);
                Crowd crowd = new Crowd()) {
            cluster.change(new JsonObject().put("ticker_cap", TOPICS).put("control_per_second", 0));
            cluster.start("n1", "n2");
            List<String> topics = IntStream.range(0, TOPICS)
                    .mapToObj(each -> "quote/fmp:T" + each)
                    .toList();
            for (String node : cluster.nodes()) {
                for (int from = 0; from < TOPICS; from += TOPICS_PER_REQUEST) {
                    crowd.join(cluster.socketDoor(node), 1, topics.subList(from, from + TOPICS_PER_REQUEST));
                }
            }
            cluster.awaiting("all topics flow", () -> crowd.fresh() == TOPICS);
            String owner = cluster.owner();
            crowd.onlyAbove(System.currentTimeMillis());
            long lost = System.nanoTime();
            cluster.kill(owner);
            cluster.awaiting(
                    "all topics have a new owner",
                    () -> cluster.upstream().open(ClusterUnderTest.FEED).stream()
                            .filter(each -> !UpstreamLog.nodeOf(each).equals(owner))
                            .anyMatch(each -> each.getJsonArray("tickers").size() == TOPICS));
            long registered = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lost);
            cluster.awaiting("all topics flow again", () -> crowd.fresh() == TOPICS);
            LOG.info(
                    "{} topics: registered anew after {} ms, each with a tick after {} ms",
                    TOPICS,
                    registered,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lost));
            cluster.check();
        }
    }

    /** They come back to the other nodes at once, and neither the owner nor those who were there notice. */
    @Test
    void shouldNotMindTwoThousandClientsThatComeBackAtOnce() {
        try (ClusterUnderTest cluster = new ClusterUnderTest(Site.LOOPBACK, ClusterUnderTest.VOTERS, 2);
                Crowd before = new Crowd();
                Crowd after = new Crowd()) {
            cluster.start("n1", "n2", "n3");
            List<String> topics = List.of("trade/fmp:AAPL", "trade/fmp:MSFT");
            String owner = cluster.owner();
            String lost = cluster.others(owner).get(0);
            String left = cluster.others(owner).get(1);
            cluster.stream(owner, topics);
            cluster.stream(left, topics);
            cluster.awaitFlow();
            before.join(cluster.socketDoor(lost), CLIENTS, List.of("trade/fmp:NVDA"));
            cluster.awaiting("all are subscribed", () -> before.subscribed() == CLIENTS);
            cluster.awaiting(
                    "it is registered",
                    () -> cluster.upstream().open(ClusterUnderTest.FEED).stream()
                            .anyMatch(each -> each.getJsonArray("tickers").contains("nvda")));
            long frames = cluster.upstream().controlFrames(ClusterUnderTest.FEED);
            cluster.mark(System.nanoTime());
            cluster.kill(lost);
            after.join(cluster.socketDoor(owner), CLIENTS / 2, List.of("trade/fmp:NVDA"));
            after.join(cluster.socketDoor(left), CLIENTS / 2, List.of("trade/fmp:NVDA"));
            cluster.awaiting("all are subscribed again", () -> after.subscribed() == CLIENTS);
            cluster.awaitFlow();
            cluster.expectSilenceBelow(Bounds.OWNER_LOST, cluster.nodes());
            assertThat(cluster.owner()).isEqualTo(owner);
            assertThat(cluster.upstream().controlFrames(ClusterUnderTest.FEED) - frames)
                    .isLessThanOrEqualTo(FEW_FRAMES);
            cluster.check();
        }
    }
}
