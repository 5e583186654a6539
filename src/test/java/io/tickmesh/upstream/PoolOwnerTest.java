package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.FeedNews;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.InterestAsk;
import io.tickmesh.bus.LeaseEnd;
import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerQuery;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Count;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the owner of a pool hears from the rest of its node and from other nodes, and does for them. */
class PoolOwnerTest extends DeployedPool {
    private static final String AAPL = "trade/fmp:AAPL";

    private NodeBus bus() {
        return new NodeBus(vertx.eventBus());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private LeaseEnd end(long epoch, boolean orderly) throws Exception {
        LeaseEnd end = new LeaseEnd(POOL, epoch, orderly);
        Future<Message<LeaseEnd>> answer = bus().request(Addresses.leaseOf(POOL), end);
        return get(answer).body();
    }

    private Finding ask(JsonObject arguments) throws Exception {
        Future<Message<Finding>> answer =
                bus().request(Addresses.inquiry("pool." + POOL), new Inquiry("pool." + POOL, arguments));
        return get(answer).body();
    }

    private void members(String... names) {
        bus().publish(Addresses.MEMBERS, new Members(new TreeSet<>(List.of(names))));
    }

    private void streamAapl() {
        interest("n1", AAPL);
        interest("n2", AAPL);
        grant(7, 60 * SECOND);
        awaitLog("1 subscribe [aapl]");
        provider.trade("aapl", "201.30");
        await().until(() -> events(atN1, Trade.class).size() == 1
                && events(atN2, Trade.class).size() == 1);
    }

    @Test
    void shouldSayGoodbyeAndAnswerWhenTheLeaseEndsInOrder() throws Exception {
        streamAapl();

        assertThat(end(7, true)).isEqualTo(new LeaseEnd(POOL, 7, true));

        awaitLog("1 closed 1000");
        int batches = atN1.size();
        grant(7, 60 * SECOND);
        interest("n1", "trade/fmp:MSFT");
        tellAll(8);
        grant(8, 60 * SECOND);
        awaitLog("2 subscribe [aapl,msft]");
        assertThat(atN1.subList(batches, atN1.size())).allMatch(batch -> batch.epoch() == 8);
        assertThat(provider.sockets).hasSize(2);
    }

    @Test
    void shouldAbortAndAnswerWhenTheLeaseIsLost() throws Exception {
        streamAapl();

        assertThat(end(9, false)).isEqualTo(new LeaseEnd(POOL, 9, false));

        awaitLog("1 closed 1006");
        grant(9, 60 * SECOND);
        grant(8, 60 * SECOND);
        assertThat(ask(new JsonObject().put("ask", "feed")).status()).isEqualTo(409);
        assertThat(provider.sockets).hasSize(1);
    }

    @Test
    void shouldSayThatItGaveAnEpochUpWhenAGrantComesTooLate() {
        List<LeaseEnd> over = new CopyOnWriteArrayList<>();
        vertx.eventBus().<LeaseEnd>localConsumer(Addresses.LEASES_OVER, message -> over.add(message.body()));
        grant(7, SECOND / 2);
        await().until(() -> metrics.counter(Count.UPSTREAM_LEASES_LOST, POOL).count() == 1);

        grant(7, 60 * SECOND);

        await().until(() -> over.contains(new LeaseEnd(POOL, 7, false)));
    }

    @Test
    void shouldAnswerTheEndOfALeaseThatItNeverHadAndNotActOnItLater() throws Exception {
        assertThat(end(7, true).epoch()).isEqualTo(7);
        grant(7, 60 * SECOND);
        grant(8, 60 * SECOND);
        awaitState(FeedState.STREAMING);

        assertThat(end(7, false).epoch()).isEqualTo(7);

        assertThat(atN1).allMatch(batch -> batch.epoch() == 8);
        assertThat(ask(new JsonObject().put("ask", "feed")).status()).isEqualTo(200);
    }

    @Test
    void shouldCloseTheUpstreamWhileAnOperatorPausesIt() {
        streamAapl();

        bus().publish(Addresses.LEDGER_NEWS, new LedgerNews(Set.of("pause:kis", "pause:" + POOL), Set.of()));
        awaitLog("1 closed 1000");
        awaitState(FeedState.PAUSED);
        List<StateChange> changes = events(atN2, StateChange.class);
        assertThat(changes.get(changes.size() - 1).state().says(DataState.STALE, "paused by an operator"))
                .isTrue();

        bus().publish(Addresses.LEDGER_NEWS, new LedgerNews(Set.of(), Set.of("pause:" + POOL)));
        awaitLog("2 subscribe [aapl]");
    }

    @Test
    void shouldLearnOfAPauseThatWasMadeBefore() {
        vertx.eventBus().<LedgerQuery>localConsumer(Addresses.LEDGER, message -> {
            assertThat(message.body().prefix()).isEqualTo("pause:");
            message.reply(new LedgerNews(Set.of("pause:" + POOL), Set.of()));
        });
        provider.upgradeStatus = 503;
        grant(7, 60 * SECOND);

        awaitState(FeedState.PAUSED);
        grant(8, 60 * SECOND);

        await().until(() -> events(atN1, FeedStatus.class).stream().anyMatch(status -> status.epoch() == 8));
        assertThat(events(atN1, FeedStatus.class))
                .filteredOn(status -> status.epoch() == 8)
                .extracting(FeedStatus::state)
                .containsOnly(FeedState.PAUSED);
    }

    @Test
    void shouldGoOnFromTheBackOffOfTheOwnerBefore() {
        FeedStatus said = new FeedStatus(
                POOL,
                "fmp",
                "fmp",
                false,
                true,
                FeedState.SUSPENDED,
                "the provider refuses the login",
                1,
                0,
                0,
                500,
                1,
                System.currentTimeMillis() + 60_000,
                "",
                "n2",
                6);
        bus().publish(Addresses.FEED_NEWS, new FeedNews(said));
        grant(7, 60 * SECOND, true);

        awaitState(FeedState.SUSPENDED);
        assertThat(lastStatus().reason()).isEqualTo("the provider refuses the login");
        assertThat(lastStatus().retryAt()).isBetween(said.retryAt() - 2000, said.retryAt() + 2000);
        assertThat(provider.log).isEmpty();
    }

    @Test
    void shouldTryAgainSoonWhenTheKeyIsInUseAfterATakeover() {
        grant(7, 60 * SECOND, true);
        awaitState(FeedState.STREAMING);

        provider.send("{'event':'login','status':401,'message':'Connected from another location'}");

        awaitState(FeedState.WAITING);
        assertThat(lastStatus().reason()).contains("next try in 7 s");
    }

    @Test
    void shouldTellOperatorsHowTheFeedFares() throws Exception {
        assertThat(ask(new JsonObject().put("ask", "feed")).status()).isEqualTo(409);
        streamAapl();

        JsonObject feed = ask(new JsonObject().put("ask", "feed")).body();

        assertThat(feed.getString("state")).isEqualTo("streaming");
        assertThat(feed.getString("owner")).isEqualTo("n1");
        assertThat(feed.getString("mode")).isEqualTo("live");
        assertThat(feed.getLong("epoch")).isEqualTo(7);
        assertThat(feed.getInteger("registered")).isEqualTo(1);
        assertThat(feed.getValue("retry_at")).isNull();
        assertThat(feed.getValue("last_error")).isNull();
        JsonArray links = feed.getJsonArray("links");
        assertThat(links.stream().map(link -> ((JsonObject) link).getString("node")))
                .containsExactlyInAnyOrder("n1", "n2");
        await().untilAsserted(() -> assertThat(
                        ask(new JsonObject().put("ask", "feed")).body().getDouble("frames_per_second"))
                .isPositive());

        provider.hangUp();
        awaitLog("2 subscribe [aapl]");
        JsonObject after = ask(new JsonObject().put("ask", "feed")).body();
        assertThat(after.getString("last_error")).startsWith("WebSocket connection closed");
        assertThat(after.getLong("last_error_at")).isPositive();
    }

    @Test
    void shouldTellOperatorsOfItsTopicsInPages() throws Exception {
        streamAapl();
        interest("n2", "trade/fmp:MSFT", "quote/fmp:AAPL", "book/fmp:AAPL");
        awaitLog("1 subscribe [msft]");

        JsonObject first =
                ask(new JsonObject().put("ask", "topics").put("limit", 2)).body();
        assertThat(first.getJsonArray("topics").stream().map(topic -> ((JsonObject) topic).getString("topic")))
                .containsExactly("book/fmp:AAPL", "quote/fmp:AAPL");
        JsonObject rest = ask(new JsonObject().put("ask", "topics").put("after", first.getString("next")))
                .body();
        assertThat(rest.getValue("next")).isNull();
        JsonObject aapl = rest.getJsonArray("topics").getJsonObject(0);
        assertThat(aapl.getString("topic")).isEqualTo(AAPL);
        assertThat(aapl.getJsonObject("newest").encode()).contains("\"price\":201.30,");
        assertThat(aapl.getLong("seq")).isEqualTo(1);
        assertThat(aapl.getLong("age_ms")).isNotNegative();
        assertThat(aapl.getJsonObject("holders"))
                .isEqualTo(new JsonObject().put("n1", 1).put("n2", 1));
        assertThat(ask(new JsonObject().put("ask", "topic").put("topic", AAPL))
                        .body()
                        .getString("state"))
                .isEqualTo(aapl.getString("state"));
        assertThat(ask(new JsonObject().put("ask", "topic").put("topic", "trade/fmp:NVDA"))
                        .status())
                .isEqualTo(404);
        assertThat(ask(new JsonObject().put("ask", "topic").put("topic", 3)).status())
                .isEqualTo(400);
        assertThat(ask(new JsonObject().put("ask", "topics").put("limit", "all"))
                        .status())
                .isEqualTo(400);
        assertThat(ask(new JsonObject().put("ask", 1)).status()).isEqualTo(400);
    }

    @Test
    void shouldConnectAnewWhenAnOperatorAsks() throws Exception {
        streamAapl();

        assertThat(ask(new JsonObject().put("command", "reconnect")).status()).isEqualTo(200);

        awaitLog("2 subscribe [aapl]");
        bus().publish(Addresses.LEDGER_NEWS, new LedgerNews(Set.of("pause:" + POOL), Set.of()));
        awaitState(FeedState.PAUSED);
        assertThat(ask(new JsonObject().put("command", "reconnect")).status()).isEqualTo(409);
    }

    @Test
    void shouldAskMembersAndReleaseWhatTheLostOnesHeld() {
        List<InterestAsk> asks = new CopyOnWriteArrayList<>();
        vertx.eventBus().<InterestAsk>consumer(Addresses.interestOf("n3"), message -> asks.add(message.body()));
        members("n1", "n2", "n3");
        streamAapl();
        interest("n2", "trade/fmp:MSFT");
        awaitLog("1 subscribe [msft]");
        await().until(() -> asks.size() > 1);
        assertThat(asks).containsOnly(new InterestAsk(POOL, "n1", 7));

        members("n1", "n3");

        awaitLog("1 unsubscribe [msft]");
        int batches = atN2.size();
        provider.trade("aapl", "2");
        await().until(() -> events(atN1, Trade.class).size() == 2);
        assertThat(atN2).hasSize(batches);
    }

    @Test
    void shouldKeepOnlyTheNewestForANodeThatNeverAcknowledges() {
        streamAapl();
        int ticks = 3 * Lane.MOST_EVENTS;
        int sent = 1;
        while (sent < ticks) {
            int most = Math.min(ticks, sent + 4000);
            while (sent < most) {
                sent++;
                provider.trade("aapl", Integer.toString(sent));
            }
            await().until(() -> events(atN1, Tick.class).stream().anyMatch(tick -> tick.seq() == most));
        }

        assertThat(events(atN2, Tick.class).size()).isLessThanOrEqualTo(Lane.MOST_EVENTS);
        assertThat(metrics.counter(Count.LINK_CONFLATED, POOL).count()).isGreaterThanOrEqualTo(Lane.MOST_EVENTS);
        int before = events(atN2, Tick.class).size();
        vertx.eventBus()
                .send(
                        Addresses.receiptsIn(POOL),
                        new LinkReceipt("n2", POOL, 7, atN2.get(atN2.size() - 1).number(), false));

        await().until(() -> events(atN2, Tick.class).size() == before + 1);
        assertThat(events(atN2, Tick.class).get(before).seq()).isEqualTo(ticks);
    }

    @Test
    void shouldPulseAndTellANodeAgainWhatItMissed() {
        streamAapl();
        long last = atN2.get(atN2.size() - 1).number();
        await().until(() -> atN2.get(atN2.size() - 1).events().isEmpty());
        assertThat(atN2.get(atN2.size() - 1).number()).isEqualTo(last);
        int answers = events(atN2, Answer.class).size();

        vertx.eventBus().send(Addresses.receiptsIn(POOL), new LinkReceipt("n2", POOL, 7, last, true));

        await().until(() -> events(atN2, Answer.class).size() == answers + 1);
        assertThat(events(atN2, Answer.class).get(answers).newest()).isNotNull();
    }
}
