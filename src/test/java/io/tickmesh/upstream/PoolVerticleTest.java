package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool as it is deployed: a real bus, a real socket, a provider that the test speaks for. */
class PoolVerticleTest {
    private static final String POOL = "fmp.stock";
    private static final UpstreamConfig QUICK = new UpstreamConfig(
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

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedFeed provider = new ScriptedFeed(vertx);
    private final List<TickBatch> atN1 = new CopyOnWriteArrayList<>();
    private final List<TickBatch> atN2 = new CopyOnWriteArrayList<>();
    private String deployment = "";
    private long interestNumber;

    @BeforeEach
    void deploy() throws Exception {
        Codecs.registerOn(vertx.eventBus());
        vertx.eventBus().<TickBatch>consumer(Addresses.ticksOf("n1"), message -> atN1.add(message.body()));
        vertx.eventBus().<TickBatch>consumer(Addresses.ticksOf("n2"), message -> atN2.add(message.body()));
        int port = provider.listen();
        FeedConfig feed = Setups.feed(FeedConfig.Mode.LIVE, "ws://127.0.0.1:" + port, 500);
        PoolVerticle pool = new PoolVerticle("n1", feed, QUICK, Setups.FMP, new Metrics(new SimpleMeterRegistry()));
        deployment = vertx.deployVerticle(pool)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void grant(long epoch, long nanos) {
        vertx.eventBus()
                .send(Addresses.leaseOf(POOL), new LeaseGrant(POOL, epoch, System.nanoTime() + nanos, Long.MAX_VALUE));
    }

    private void interest(String node, String... topics) {
        List<InterestUpdate.Entry> entries = Arrays.stream(topics)
                .map(topic -> new InterestUpdate.Entry(Topic.parse(topic), 1, false))
                .toList();
        vertx.eventBus()
                .send(
                        Addresses.interestIn(POOL),
                        new InterestUpdate(node, POOL, 1, ++interestNumber, InterestUpdate.Form.CHANGE, 0, entries));
    }

    private void awaitLog(String line) {
        await().untilAsserted(() -> assertThat(provider.log).contains(line));
    }

    private static <T extends PoolEvent> List<T> events(List<TickBatch> batches, Class<T> type) {
        return batches.stream()
                .flatMap(batch -> batch.events().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private FeedStatus lastStatus() {
        List<FeedStatus> all = events(atN1, FeedStatus.class);
        return all.get(all.size() - 1);
    }

    private void awaitState(FeedState state) {
        await().untilAsserted(() -> {
            assertThat(events(atN1, FeedStatus.class)).isNotEmpty();
            assertThat(lastStatus().state()).isEqualTo(state);
        });
    }

    @Test
    void shouldConnectOnlyWithALeaseAndAskOnceForWhatAllNodesWant() {
        interest("n1", "trade/fmp:AAPL");
        interest("n2", "trade/fmp:AAPL", "quote/fmp:AAPL", "trade/fmp:MSFT");
        grant(7, 60 * SECOND);

        awaitLog("1 subscribe [aapl,msft]");
        assertThat(provider.log).containsExactly("1 open", "1 login made-up-key", "1 subscribe [aapl,msft]");
    }

    @Test
    void shouldNumberTicksAndGiveEachNodeItsOwnInOneOrder() {
        interest("n1", "trade/fmp:AAPL", "trade/fmp:MSFT");
        interest("n2", "trade/fmp:AAPL");
        grant(7, 60 * SECOND);
        awaitLog("1 subscribe [aapl,msft]");
        for (int i = 1; i <= 200; i++) {
            provider.trade("aapl", Integer.toString(i));
            provider.trade("msft", Integer.toString(i));
        }
        await().until(() -> events(atN1, Trade.class).size() == 400
                && events(atN2, Trade.class).size() == 200);

        for (List<TickBatch> batches : List.of(atN1, atN2)) {
            for (int i = 0; i < batches.size(); i++) {
                assertThat(batches.get(i).number()).isEqualTo(i + 1L);
                assertThat(batches.get(i).epoch()).isEqualTo(7);
            }
            List<PoolEvent> order = batches.stream()
                    .flatMap(batch -> batch.events().stream())
                    .filter(event -> event instanceof Answer || event instanceof StateChange || event instanceof Tick)
                    .filter(event -> event.toString().contains("AAPL"))
                    .toList();
            assertThat(order.get(0)).isInstanceOf(Answer.class);
            assertThat(order.get(1))
                    .isInstanceOfSatisfying(
                            StateChange.class,
                            change -> assertThat(change.state().state()).isEqualTo(DataState.LIVE));
            assertThat(order.subList(2, order.size()))
                    .extracting(event -> ((Tick) event).seq())
                    .containsExactlyElementsOf(
                            Stream.iterate(1L, seq -> seq + 1).limit(200).toList());
        }
        assertThat(atN2.size()).isLessThan(200);
    }

    @Test
    void shouldReconnectAndAskForEverythingAgain() {
        interest("n1", "trade/fmp:AAPL", "trade/fmp:MSFT");
        grant(7, 60 * SECOND);
        awaitLog("1 subscribe [aapl,msft]");
        provider.trade("aapl", "1");
        await().until(() -> !events(atN1, Trade.class).isEmpty());

        provider.hangUp();

        awaitLog("2 subscribe [aapl,msft]");
        provider.trade("aapl", "2");
        await().until(() -> events(atN1, Trade.class).size() == 2);
        assertThat(events(atN1, Trade.class)).extracting(Tick::seq).containsExactly(1L, 2L);
        assertThat(events(atN1, StateChange.class))
                .filteredOn(change -> change.topic().equals(Topic.parse("trade/fmp:AAPL")))
                .extracting(change -> change.state().state())
                .containsExactly(DataState.LIVE, DataState.STALE, DataState.LIVE);
        assertThat(events(atN1, FeedStatus.class))
                .filteredOn(status -> status.state() == FeedState.WAITING)
                .singleElement()
                .satisfies(status -> {
                    assertThat(status.reason()).startsWith("WebSocket connection closed: by the provider, code 1000");
                    assertThat(status.attempts()).isEqualTo(1);
                });
    }

    @Test
    void shouldSayThatManyAttemptsHaveFailedAndGoOn() {
        provider.upgradeStatus = 503;
        grant(7, 60 * SECOND);
        await().until(() -> events(atN1, FeedStatus.class).stream()
                .anyMatch(status -> status.reason().startsWith("Max reconnection attempts reached")));
        assertThat(lastStatus().attempts()).isGreaterThanOrEqualTo(6);

        provider.upgradeStatus = 0;

        awaitState(FeedState.STREAMING);
        assertThat(lastStatus().reason()).isEmpty();
    }

    @Test
    void shouldStandBackAfterARefusedLoginAlsoUnderTheNextLease() {
        provider.loginReply = "{\"event\":\"login\",\"status\":401,\"message\":\"Unauthorized\"}";
        grant(7, 60 * SECOND);
        awaitState(FeedState.SUSPENDED);
        awaitLog("1 closed 1000");
        assertThat(lastStatus().reason()).contains("401 Unauthorized").contains("next try in 5 min");

        grant(8, 60 * SECOND);

        await().until(() -> atN1.stream().anyMatch(batch -> batch.epoch() == 8));
        assertThat(lastStatus().state()).isEqualTo(FeedState.SUSPENDED);
        assertThat(provider.log).containsExactly("1 open", "1 login made-up-key", "1 closed 1000");
    }

    @Test
    void shouldStandBackWhenTheUpgradeIsRefused() {
        provider.upgradeStatus = 401;
        grant(7, 60 * SECOND);

        awaitState(FeedState.SUSPENDED);
        assertThat(lastStatus().reason()).contains("HTTP 401");
    }

    @Test
    void shouldStandBackWhenTheKeyIsUsedFromAnotherLocation() {
        interest("n1", "trade/fmp:AAPL");
        grant(7, 60 * SECOND);
        awaitLog("1 subscribe [aapl]");
        provider.trade("aapl", "1");
        await().until(() -> !events(atN1, Trade.class).isEmpty());

        provider.send("{'event':'login','status':401,'message':'Connected from another location'}");

        awaitState(FeedState.SUSPENDED);
        awaitLog("1 closed 1000");
        List<StateChange> changes = events(atN1, StateChange.class);
        assertThat(changes.get(changes.size() - 1).state().state()).isEqualTo(DataState.STALE);
        assertThat(changes.get(changes.size() - 1).state().reason()).startsWith("the key is in use");
    }

    @Test
    void shouldAbortTheSocketAndFallSilentWhenTheLeaseRunsOut() {
        interest("n1", "trade/fmp:AAPL");
        grant(7, SECOND);
        awaitLog("1 subscribe [aapl]");
        provider.trade("aapl", "1");
        await().until(() -> !events(atN1, Trade.class).isEmpty());

        // Without a Close frame: even that would be something sent without a lease.
        awaitLog("1 closed 1006");
        int batches = atN1.size();
        grant(7, 60 * SECOND);
        interest("n1", "trade/fmp:MSFT");
        grant(6, 60 * SECOND);
        grant(9, 60 * SECOND);

        awaitLog("2 subscribe [aapl,msft]");
        assertThat(atN1.subList(batches, atN1.size())).allMatch(batch -> batch.epoch() == 9);
        assertThat(provider.sockets).hasSize(2);
    }

    @Test
    void shouldKeepActingWhileTheLeaseIsExtended() {
        grant(7, SECOND);
        long firstGrantOver = System.nanoTime() + SECOND;
        awaitState(FeedState.STREAMING);
        grant(7, 60 * SECOND);
        interest("n1", "trade/fmp:AAPL");
        awaitLog("1 subscribe [aapl]");

        await().until(() -> System.nanoTime() - firstGrantOver > 0);
        provider.trade("aapl", "1");

        await().until(() -> !events(atN1, Trade.class).isEmpty());
        assertThat(provider.sockets).hasSize(1);
    }

    @Test
    void shouldCountFromOneAgainUnderAHigherEpoch() {
        interest("n1", "trade/fmp:AAPL");
        grant(7, 60 * SECOND);
        awaitLog("1 subscribe [aapl]");
        provider.trade("aapl", "1");
        provider.trade("aapl", "2");
        await().until(() -> events(atN1, Trade.class).size() == 2);

        grant(8, 60 * SECOND);

        awaitLog("2 subscribe [aapl]");
        assertThat(provider.log.indexOf("1 closed 1006")).isBetween(0, provider.log.indexOf("2 login made-up-key"));
        provider.trade("aapl", "3");
        await().until(() -> events(atN1, Trade.class).size() == 3);
        Trade last = events(atN1, Trade.class).get(2);
        assertThat(last.epoch()).isEqualTo(8);
        assertThat(last.seq()).isEqualTo(1);
        assertThat(events(atN1, Answer.class)).extracting(Answer::epoch).containsExactly(7L, 8L);
        assertThat(atN1.stream().filter(batch -> batch.epoch() == 8).findFirst())
                .hasValueSatisfying(batch -> assertThat(batch.number()).isEqualTo(1));
    }

    @Test
    void shouldRefuseAFrameOfOverAMegabyteAndComeBack() {
        grant(7, 60 * SECOND);
        awaitState(FeedState.STREAMING);

        provider.send("{'event':'" + "x".repeat(1 << 20) + "'}");

        awaitLog("2 open");
        awaitState(FeedState.STREAMING);
    }

    @Test
    void shouldSayGoodbyeWhenItIsUndeployed() throws Exception {
        grant(7, 60 * SECOND);
        awaitState(FeedState.STREAMING);

        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

        awaitLog("1 closed 1000");
    }
}
