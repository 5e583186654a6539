package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.InterestAsk;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolDeskTest {
    private final Vertx vertx = Vertx.vertx();
    private final Metrics metrics = new Metrics(new SimpleMeterRegistry());
    private final List<InterestUpdate> taken = new CopyOnWriteArrayList<>();
    private final List<Object> others = new CopyOnWriteArrayList<>();

    @BeforeEach
    void deploy() throws Exception {
        Codecs.registerOn(vertx.eventBus());
        vertx.eventBus()
                .<InterestUpdate>localConsumer(Addresses.interestIn("fmp.stock"), message -> taken.add(message.body()));
        vertx.eventBus().localConsumer(Addresses.receiptsIn("fmp.stock"), message -> others.add(message.body()));
        vertx.eventBus().localConsumer(Addresses.INTEREST_ASKS, message -> others.add(message.body()));
        vertx.deployVerticle(new PoolDesk("n1", metrics))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldHandInterestOverByReferenceAndCountWhatHasNoPoolHere() {
        InterestUpdate lost = new InterestUpdate("n2", "kis", 1, 1, InterestUpdate.Form.FULL, 0, List.of());
        InterestUpdate update = new InterestUpdate("n2", "fmp.stock", 1, 1, InterestUpdate.Form.FULL, 0, List.of());
        vertx.eventBus().send(Addresses.interestOf("n1"), lost);
        vertx.eventBus().send(Addresses.interestOf("n1"), update);

        await().untilAsserted(() -> assertThat(taken).hasSize(1));
        assertThat(taken.get(0)).isSameAs(update);
        await().untilAsserted(() ->
                assertThat(metrics.counter(Count.INTEREST_MISDIRECTED).count()).isEqualTo(1));
    }

    @Test
    void shouldHandReceiptsToTheirPoolAndAsksToWhoKnowsTheInterest() {
        LinkReceipt receipt = new LinkReceipt("n2", "fmp.stock", 1, 7, false);
        InterestAsk ask = new InterestAsk("kis", "n2", 3);
        vertx.eventBus().send(Addresses.interestOf("n1"), receipt);
        vertx.eventBus().send(Addresses.interestOf("n1"), ask);

        await().untilAsserted(() -> assertThat(others).containsExactlyInAnyOrder(receipt, ask));
    }

    @Test
    void shouldCountWhatItDoesNotKnow() {
        vertx.eventBus().send(Addresses.interestOf("n1"), "hello");

        await().untilAsserted(() ->
                assertThat(metrics.counter(Count.BUS_REFUSED).count()).isEqualTo(1));
        assertThat(taken).isEmpty();
    }
}
