package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A pool as it is deployed: a real bus, a real socket, a provider that the test speaks for. Node n1 acknowledges what it
 * is told, n2 only what a test says.
 */
abstract class DeployedPool {
    static final String POOL = "fmp.stock";
    static final Duration LINGER = Duration.ofSeconds(1);
    static final UpstreamConfig QUICK = new UpstreamConfig(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(30),
            Duration.ofMillis(300),
            Duration.ofSeconds(90),
            Duration.ofSeconds(25),
            Duration.ofMillis(50),
            4,
            Duration.ofMillis(400),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5));

    final Vertx vertx = Vertx.vertx();
    final ScriptedFeed provider = new ScriptedFeed(vertx);
    final List<TickBatch> atN1 = new CopyOnWriteArrayList<>();
    final List<TickBatch> atN2 = new CopyOnWriteArrayList<>();
    String deployment = "";
    final Metrics metrics = new Metrics(new SimpleMeterRegistry());
    final Map<String, Set<String>> held = new TreeMap<>();
    final Map<String, Long> numbers = new HashMap<>();

    @BeforeEach
    void deploy() throws Exception {
        Codecs.registerOn(vertx.eventBus());
        vertx.eventBus().<TickBatch>consumer(Addresses.ticksOf("n1"), message -> onBatchAtN1(message.body()));
        vertx.eventBus().<TickBatch>consumer(Addresses.ticksOf("n2"), message -> atN2.add(message.body()));
        int port = provider.listen();
        FeedConfig feed = Setups.feed(FeedConfig.Mode.LIVE, "ws://127.0.0.1:" + port, 500);
        PoolVerticle pool = new PoolVerticle("n1", List.of(feed), QUICK, LINGER, Setups.FMP, 1 << 20, metrics);
        deployment = vertx.deployVerticle(pool)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private void onBatchAtN1(TickBatch batch) {
        atN1.add(batch);
        vertx.eventBus()
                .send(Addresses.receiptsIn(POOL), new LinkReceipt("n1", POOL, batch.epoch(), batch.number(), false));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    void grant(long epoch, long nanos) {
        grant(epoch, nanos, false);
    }

    void grant(long epoch, long nanos, boolean takeover) {
        long wallMillis = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(nanos);
        vertx.eventBus()
                .send(
                        Addresses.leaseOf(POOL),
                        new LeaseGrant(POOL, epoch, System.nanoTime() + nanos, wallMillis, takeover));
    }

    /** Told to the owner of epoch 7. */
    void interest(String node, String... topics) {
        held.computeIfAbsent(node, added -> new TreeSet<>()).addAll(List.of(topics));
        tell(node, 7, List.of(topics));
    }

    void tellAll(long epoch) {
        held.forEach((node, topics) -> tell(node, epoch, topics));
    }

    void tell(String node, long epoch, Collection<String> topics) {
        long number = numbers.merge(node + epoch, 1L, Long::sum);
        vertx.eventBus()
                .send(
                        Addresses.interestIn(POOL),
                        new InterestUpdate(
                                node,
                                POOL,
                                epoch,
                                number,
                                number == 1 ? InterestUpdate.Form.FULL : InterestUpdate.Form.CHANGE,
                                0,
                                topics.stream()
                                        .map(topic -> new InterestUpdate.Entry(Topic.parse(topic), 1, false))
                                        .toList()));
    }

    void awaitLog(String line) {
        await().untilAsserted(() -> assertThat(provider.log).contains(line));
    }

    static <T extends PoolEvent> List<T> events(List<TickBatch> batches, Class<T> type) {
        return batches.stream()
                .flatMap(batch -> batch.events().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    FeedStatus lastStatus() {
        List<FeedStatus> all = events(atN1, FeedStatus.class);
        return all.get(all.size() - 1);
    }

    void awaitState(FeedState state) {
        await().untilAsserted(() -> {
            assertThat(events(atN1, FeedStatus.class)).isNotEmpty();
            assertThat(lastStatus().state()).isEqualTo(state);
        });
    }
}
