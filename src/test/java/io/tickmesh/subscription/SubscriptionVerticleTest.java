package io.tickmesh.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.HolderCounts;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.InterestAsk;
import io.tickmesh.bus.InterestReport;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.InterestUpdate.Entry;
import io.tickmesh.bus.InterestUpdate.Form;
import io.tickmesh.bus.LedgerChange;
import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerQuery;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PinRequest;
import io.tickmesh.bus.PoolOwner;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Symbology;
import io.tickmesh.market.Topic;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The subscription role as it is deployed, on a real bus; the test is the ledger and the owners. */
final class SubscriptionVerticleTest {
    private static final String POOL = "fmp.stock";
    private static final Topic AAPL = Topic.parse("trade/fmp:AAPL");
    private static final Topic MSFT = Topic.parse("trade/fmp:MSFT");
    private static final String PINNED = "pin:trade/fmp:OLD";

    private final Vertx vertx = Vertx.vertx();
    private final NodeBus bus = new NodeBus(vertx.eventBus());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<InterestUpdate> atN1 = new CopyOnWriteArrayList<>();
    private final List<InterestUpdate> atN2 = new CopyOnWriteArrayList<>();
    private final Set<String> ledger = new HashSet<>(Set.of(PINNED, "pin:trade/nobody:X", "pin:?", "pause:kis"));

    @BeforeEach
    void deploy() throws Exception {
        Codecs.registerOn(vertx.eventBus());
        vertx.eventBus().localConsumer(Addresses.LEDGER, this::onLedger);
        vertx.eventBus().<InterestUpdate>consumer(Addresses.interestOf("n1"), message -> atN1.add(message.body()));
        vertx.eventBus().<InterestUpdate>consumer(Addresses.interestOf("n2"), message -> atN2.add(message.body()));
        get(vertx.deployVerticle(new SubscriptionVerticle(
                "me", new Catalog(List.of(new AnySymbols())), Duration.ofMillis(1), new Metrics(registry))));
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A provider that has trades of anything. */
    private static final class AnySymbols implements Symbology {
        @Override
        public String provider() {
            return "fmp";
        }

        @Override
        public String canonical(String symbol) {
            return symbol;
        }

        @Override
        public Set<Kind> kindsOf(String symbol) {
            return Set.of(Kind.TRADE);
        }

        @Override
        public void requireOffered(Topic topic) {}

        @Override
        public String poolOf(String symbol) {
            return POOL;
        }
    }

    private void onLedger(Message<Object> message) {
        if (message.body() instanceof LedgerQuery) {
            message.reply(new LedgerNews(ledger, Set.of()));
        } else if (message.body() instanceof LedgerChange change) {
            if (change.add().contains("pin:trade/fmp:TOOMUCH")) {
                message.fail(422, "the ledger is full");
                return;
            }
            LedgerNews news = new LedgerNews(change.add(), change.remove());
            bus.publish(Addresses.LEDGER_NEWS, news);
            message.reply(news);
        }
    }

    private void owner(String node, long epoch) {
        bus.publish(Addresses.OWNERS, new PoolOwner(POOL, node, epoch, true));
    }

    private void hold(Topic topic, int sessions) {
        bus.send(Addresses.HOLDERS, new HolderCounts(0, Map.of(topic, sessions), Set.of(topic), Map.of("stream", 4)));
    }

    private Message<InterestReport> pin(boolean add, Topic... topics) throws Exception {
        return get(bus.request(Addresses.PINS, new PinRequest("fmp", add, List.of(topics))));
    }

    private static Map<String, Integer> told(List<InterestUpdate> updates) {
        Map<String, Integer> held = new HashMap<>();
        for (InterestUpdate update : updates) {
            if (update.form() == Form.FULL) {
                held.clear();
            }
            for (Entry entry : update.entries()) {
                held.put(entry.topic().instrument().symbol(), entry.pinned() ? -1 : entry.sessions());
                held.values().removeIf(sessions -> sessions == 0);
            }
        }
        return held;
    }

    @Test
    void shouldTellANewOwnerAllAndThenNumberedChanges() {
        hold(AAPL, 2);
        owner("n1", 7);
        await().until(() -> told(atN1).equals(Map.of("OLD", -1, "AAPL", 2)));
        hold(MSFT, 1);
        await().until(() -> told(atN1).containsKey("MSFT"));
        hold(AAPL, 0);
        await().until(() -> !told(atN1).containsKey("AAPL"));

        assertThat(atN1.get(0).form()).isEqualTo(Form.FULL);
        for (int i = 0; i < atN1.size(); i++) {
            assertThat(atN1.get(i).number()).isEqualTo(i + 1);
            assertThat(atN1.get(i).epoch()).isEqualTo(7);
            assertThat(atN1.get(i).node()).isEqualTo("me");
        }

        owner("n2", 8);
        owner("n1", 7);
        await().until(() -> told(atN2).equals(Map.of("OLD", -1, "MSFT", 1)));
        assertThat(atN2)
                .singleElement()
                .satisfies(update -> assertThat(update.number()).isEqualTo(1));
    }

    @Test
    void shouldTellAllToAnOwnerThatAsksButNotToOneThatIsOver() {
        owner("n1", 7);
        await().until(() -> atN1.size() == 1);
        bus.send(Addresses.INTEREST_ASKS, new InterestAsk(POOL, "n2", 6));
        bus.send(Addresses.INTEREST_ASKS, new InterestAsk(POOL, "n1", 7));
        await().until(() -> atN1.size() == 2);
        assertThat(atN1.get(1).form()).isEqualTo(Form.FULL);
        assertThat(atN1.get(1).number()).isEqualTo(2);
        assertThat(atN2).isEmpty();

        bus.send(Addresses.INTEREST_ASKS, new InterestAsk(POOL, "n2", 8));
        hold(AAPL, 1);
        await().until(() -> told(atN2).containsKey("AAPL"));
        assertThat(atN2.get(0).form()).isEqualTo(Form.FULL);
        assertThat(atN2.get(0).number()).isEqualTo(1);
        assertThat(atN1).hasSize(2);
    }

    @Test
    void shouldTellABurstInFewMessages() {
        owner("n1", 7);
        await().until(() -> atN1.size() == 1);
        long began = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            hold(Topic.parse("trade/fmp:S" + i), 1);
        }
        await().until(() -> told(atN1).size() == 2_001);
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        assertThat((long) atN1.size()).isLessThanOrEqualTo(3 + millis / 10 + millis / 250);
    }

    @Test
    void shouldHoldThePinsOfTheLedgerAndPassOverWhatIsNoTopicHere() throws Exception {
        assertThat(registry.find("tickmesh_interest_unknown_pins").counters())
                .singleElement()
                .satisfies(counter -> assertThat(counter.count()).isEqualTo(2));
        bus.publish(
                Addresses.LEDGER_NEWS, new LedgerNews(Set.of("pin:trade/fmp:AAPL", "pin:quote/kis:1"), Set.of(PINNED)));
        owner("n1", 7);
        await().until(() -> told(atN1).equals(Map.of("AAPL", -1)));
        Message<Finding> found =
                get(bus.request(Addresses.inquiry("subscription"), new Inquiry("subscription", new JsonObject())));
        assertThat(found.body().body())
                .isEqualTo(new JsonObject()
                        .put("sessions", new JsonObject())
                        .put("held", 1)
                        .put("pins", 1));
    }

    @Test
    void shouldEnterPinsInTheLedgerBeforeItReports() throws Exception {
        assertThat(pin(true, AAPL).body().pinned()).containsExactly("AAPL", "OLD");
        assertThat(pin(true, AAPL).body().pinned()).containsExactly("AAPL", "OLD");
        assertThat(pin(false, AAPL).body().pinned()).containsExactly("OLD");
        owner("n1", 7);
        await().until(() -> told(atN1).equals(Map.of("OLD", -1)));
    }

    @Test
    void shouldSayWhyAPinWasRefused() {
        Assertions.assertThatThrownBy(() -> pin(true, Topic.parse("trade/fmp:TOOMUCH")))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("the ledger is full");
    }
}
