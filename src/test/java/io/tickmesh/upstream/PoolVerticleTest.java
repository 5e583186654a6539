package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.bus.TickBatch;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the owner of a pool does upstream, and tells the nodes of it. */
class PoolVerticleTest extends DeployedPool {
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
        tellAll(9);
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
        tellAll(8);

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
