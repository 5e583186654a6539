package io.tickmesh.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.FeedNews;
import io.tickmesh.bus.HistoryAsk;
import io.tickmesh.bus.HistoryPage;
import io.tickmesh.bus.HistoryQuery;
import io.tickmesh.bus.HistoryReport;
import io.tickmesh.bus.HubEvents;
import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PoolOwner;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Position;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache as it is deployed, on a real bus; the test is the owner. */
final class CacheVerticleTest {
    private static final String POOL = "fmp.stock";
    private static final Topic AAPL = Topic.parse("trade/fmp:AAPL");
    private static final Topic MSFT = Topic.parse("trade/fmp:MSFT");
    private static final TopicState LIVE = new TopicState(DataState.LIVE, "", 1);
    private static final TopicState WAITING = new TopicState(DataState.WAITING, "subscribing", 1);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<PoolEvent> atHub = new CopyOnWriteArrayList<>();
    private final List<LinkReceipt> receipts = new CopyOnWriteArrayList<>();
    private final List<HistoryAsk> asks = new CopyOnWriteArrayList<>();
    private final List<FeedNews> feeds = new CopyOnWriteArrayList<>();

    @BeforeEach
    void deploy() throws Exception {
        Codecs.registerOn(vertx.eventBus());
        vertx.eventBus()
                .<HubEvents>localConsumer(
                        Addresses.hub(0), message -> atHub.addAll(message.body().events()));
        vertx.eventBus().consumer(Addresses.interestOf("n1"), this::atOwner);
        vertx.eventBus().<FeedNews>localConsumer(Addresses.FEED_NEWS, message -> feeds.add(message.body()));
        vertx.deployVerticle(new CacheVerticle("n2", 1, LimitsConfig.DEFAULTS, new Metrics(registry)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void atOwner(Message<Object> message) {
        if (message.body() instanceof LinkReceipt receipt) {
            receipts.add(receipt);
        } else if (message.body() instanceof HistoryAsk ask) {
            asks.add(ask);
            // meanwhile the topic goes on
            batch(7, 2, trade(7, 6));
            message.reply(new HistoryPage(List.of(trade(7, 3), trade(7, 4), trade(7, 5))));
        }
    }

    private static Trade trade(long epoch, long seq) {
        return new Trade(AAPL, epoch, seq, seq, seq, Decimal.of(seq), null, null, null, null);
    }

    private static Answer answer(Topic topic, TopicState state) {
        return new Answer(topic, null, state, 7, 0, null);
    }

    private void batch(long epoch, long number, PoolEvent... events) {
        long sent = System.currentTimeMillis() * 1_000;
        vertx.eventBus().send(Addresses.ticksOf("n2"), new TickBatch(POOL, "n1", epoch, number, sent, List.of(events)));
    }

    private void publish(String address, Object message) {
        new NodeBus(vertx.eventBus()).publish(address, message);
    }

    private double counted(String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private void awaitEvent(PoolEvent event) {
        await().until(() -> atHub.contains(event));
    }

    private List<StateChange> stale() {
        return atHub.stream()
                .filter(StateChange.class::isInstance)
                .map(StateChange.class::cast)
                .filter(change -> change.state().state() == DataState.STALE)
                .toList();
    }

    @Test
    void shouldTellTheOwnerHowFarItsBatchesCame() {
        for (int number = 1; number <= 20; number++) {
            batch(7, number, trade(7, number));
        }
        await().until(() -> receipts.contains(new LinkReceipt("n2", POOL, 7, 16, false)));
        await().until(() -> receipts.contains(new LinkReceipt("n2", POOL, 7, 20, false)));
        assertThat(receipts).hasSizeLessThan(20);
    }

    @Test
    void shouldCountAndAskForWhatItMissedUntilItIsAnswered() {
        batch(7, 1, answer(AAPL, LIVE));
        batch(7, 4, trade(7, 3));
        await().until(() -> receipts.stream().filter(LinkReceipt::missed).count() >= 2);
        assertThat(counted("tickmesh_cache_missed_batches")).isEqualTo(2);

        batch(7, 5, new Answer(AAPL, null, LIVE, 7, 5, trade(7, 5)));
        await().until(() -> receipts.get(receipts.size() - 1).equals(new LinkReceipt("n2", POOL, 7, 5, false)));
        assertThat(counted("tickmesh_cache_lost_ticks")).isEqualTo(3);
    }

    @Test
    void shouldDropABatchThatIsTooOldButReceiptIt() {
        batch(7, 1, trade(7, 1));
        long long4Ago = (System.currentTimeMillis() - 4_000) * 1_000;
        vertx.eventBus().send(Addresses.ticksOf("n2"), new TickBatch(POOL, "n1", 7, 2, long4Ago, List.of((PoolEvent)
                trade(7, 2))));
        batch(7, 3, trade(7, 3));
        awaitEvent(trade(7, 3));
        assertThat(atHub).doesNotContain(trade(7, 2));
        assertThat(counted("tickmesh_cache_aged_batches")).isEqualTo(1);
        await().until(() -> receipts.stream().anyMatch(LinkReceipt::missed));
    }

    @Test
    void shouldRefuseTheEpochBeforeAnOwnerThatItOnlyHeardOf() {
        batch(7, 1, trade(7, 1));
        publish(Addresses.OWNERS, new PoolOwner(POOL, "n3", 8, true));
        batch(7, 2, trade(7, 2));
        batch(8, 1, trade(8, 1));
        awaitEvent(trade(8, 1));
        assertThat(atHub).containsExactly(trade(7, 1), trade(8, 1));
        assertThat(counted("tickmesh_cache_stale_epoch")).isEqualTo(1);
    }

    @Test
    void shouldSayOnceThatTheOwnerIsSilentAndAskItWhenItIsHeardAgain() {
        batch(7, 1, answer(AAPL, LIVE), answer(MSFT, WAITING));
        awaitEvent(answer(MSFT, WAITING));
        publish(Addresses.OWNERS, new PoolOwner(POOL, "n1", 7, false));
        publish(Addresses.OWNERS, new PoolOwner(POOL, "n1", 7, false));
        await().until(() -> !stale().isEmpty());
        assertThat(receipts).noneMatch(LinkReceipt::missed);

        publish(Addresses.OWNERS, new PoolOwner(POOL, "n1", 7, true));
        await().until(() -> receipts.stream().anyMatch(LinkReceipt::missed));
        assertThat(stale())
                .singleElement()
                .satisfies(change -> assertThat(change.topic()).isEqualTo(AAPL))
                .satisfies(change -> assertThat(change.state().reason())
                        .isEqualTo("the owner of the feed, n1, is silent; another takes over"));
    }

    @Test
    void shouldNotTakeTheSilenceOfAnOwnerBeforeTheLastOneForALoss() {
        publish(Addresses.OWNERS, new PoolOwner(POOL, "n1", 7, true));
        batch(8, 1, new Answer(AAPL, null, LIVE, 8, 0, null));
        publish(Addresses.OWNERS, new PoolOwner(POOL, "n1", 7, false));
        batch(8, 2, trade(8, 1));
        awaitEvent(trade(8, 1));
        assertThat(stale()).isEmpty();
        publish(Addresses.OWNERS, new PoolOwner(POOL, "n1", 8, false));
        await().until(() -> stale().size() == 1);
    }

    @Test
    void shouldTakeAnOwnerThatIsNoMemberForLost() {
        batch(7, 1, answer(AAPL, LIVE));
        publish(Addresses.OWNERS, new PoolOwner(POOL, "n1", 7, true));
        publish(Addresses.MEMBERS, new Members(new TreeSet<>(List.of("n1", "n2"))));
        batch(7, 2, trade(7, 1));
        awaitEvent(trade(7, 1));
        assertThat(stale()).isEmpty();
        publish(Addresses.MEMBERS, new Members(new TreeSet<>(List.of("n2"))));
        await().until(() -> stale().size() == 1);
    }

    @Test
    void shouldSayWhatAFeedSaid() {
        FeedStatus status = new FeedStatus(
                POOL, "fmp-1", "fmp", true, true, FeedState.STREAMING, "", 1, 0, 1, 10, 0, 0, "", "n1", 7);
        batch(7, 1, status);
        await().until(() -> feeds.contains(new FeedNews(status)));
        awaitEvent(status);
    }

    @Test
    void shouldRefuseWhatIsNoBatch() {
        vertx.eventBus().send(Addresses.ticksOf("n2"), "hello");
        await().until(() -> counted("tickmesh_bus_refused") == 1);
    }

    private List<Tick> after(long seq) throws Exception {
        HistoryQuery query = new HistoryQuery(List.of(new Position(AAPL, 7, seq)));
        Message<HistoryReport> answer = new NodeBus(vertx.eventBus())
                .<HistoryReport>request(Addresses.HISTORY, query)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return answer.body().ticks().getOrDefault(AAPL, List.of());
    }

    @Test
    void shouldTellWhatFollowedAPositionAndAskTheOwnerForWhatItNeverGot() throws Exception {
        publish(Addresses.OWNERS, new PoolOwner(POOL, "n1", 7, true));
        batch(7, 1, new Answer(AAPL, null, LIVE, 7, 5, trade(7, 5)));
        awaitEvent(new Answer(AAPL, null, LIVE, 7, 5, trade(7, 5)));
        assertThat(after(2)).startsWith(trade(7, 3), trade(7, 4), trade(7, 5));
        assertThat(asks.get(0)).isEqualTo(new HistoryAsk(POOL, List.of(new Position(AAPL, 7, 2))));
        awaitEvent(trade(7, 6));
        assertThat(after(2)).containsExactly(trade(7, 3), trade(7, 4), trade(7, 5), trade(7, 6));
        assertThat(after(6)).isEmpty();
        assertThat(asks).hasSize(1);
    }
}
