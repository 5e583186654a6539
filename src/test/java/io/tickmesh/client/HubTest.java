package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.HolderCounts;
import io.tickmesh.bus.HubEvents;
import io.tickmesh.client.prices.PricesDialect;
import io.tickmesh.client.stream.StreamDialect;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.Answer;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.DataState;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Kind;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Symbology;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HubTest {
    private static final Topic AAPL = Topic.parse("trade/fmp:AAPL");
    private static final TopicState LIVE = new TopicState(DataState.LIVE, "", 1);
    private static final TopicState STALE = new TopicState(DataState.STALE, "upstream gone", 2);
    private static final int MOST_ANSWERS = 5;

    private final Deque<Runnable> laterTasks = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final List<HolderCounts> told = new ArrayList<>();
    private final Hub hub = new Hub(3);
    private final Catalog catalog = new Catalog(List.of(new AnySymbols()));
    private final Metrics metrics = new Metrics(new SimpleMeterRegistry());
    private final Dialect stream = new StreamDialect(
            "node-1",
            hub,
            catalog,
            LimitsConfig.DEFAULTS,
            (Duration after, Runnable task) -> timers.add(task),
            () -> 5);
    private final Dialect prices = new PricesDialect(catalog, LimitsConfig.DEFAULTS);
    private final DialectMeters meters = new DialectMeters("test", 0, metrics);

    HubTest() {
        hub.turn(new Turn(laterTasks::add, this::tell, () -> {}));
    }

    private void tell() {
        HolderCounts counts = hub.takeChanges();
        if (counts != null) {
            told.add(counts);
        }
    }

    /** A provider that has trades and quotes of anything. */
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
            return Set.of(Kind.TRADE, Kind.QUOTE);
        }

        @Override
        public void requireOffered(Topic topic) {}

        @Override
        public String poolOf(String symbol) {
            return "fmp.stock";
        }
    }

    private FakeTransport connect(Dialect dialect, List<Session> sessions) {
        FakeTransport transport = new FakeTransport();
        Session session = new Session(transport, dialect, meters, hub, MOST_ANSWERS);
        sessions.add(session);
        hub.open(session);
        turns();
        return transport;
    }

    private void turns() {
        while (!laterTasks.isEmpty()) {
            laterTasks.poll().run();
        }
    }

    private static Trade trade(long epoch, long seq) {
        return new Trade(AAPL, epoch, seq, 1_000 * seq, 1_000 * seq, Decimal.of(100 + seq), null, null, null);
    }

    private void events(PoolEvent... events) {
        hub.onEvents(new HubEvents(List.of(events)));
        turns();
    }

    private void say(Session session, String json) {
        session.dialect().onText(session, json.replace('\'', '"'));
        turns();
    }

    private void subscribe(Session session) {
        say(session, "{'type':'subscribe','id':1,'topics':['trade/fmp:AAPL']}");
    }

    private static Answer answer(long epoch, long seq, @Nullable Trade newest) {
        return new Answer(AAPL, null, LIVE, epoch, seq, newest);
    }

    @Test
    void shouldAnswerThenSnapshotThenTicksAndNothingBeforeTheOwnerAnswered() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        assertThat(client.types()).containsExactly("hello");
        assertThat(told.get(told.size() - 1))
                .isEqualTo(new HolderCounts(3, java.util.Map.of(AAPL, 1), Set.of(AAPL), java.util.Map.of("stream", 1)));

        events(answer(7, 4, trade(7, 4)), trade(7, 5));

        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot");
        assertThat(client.received.get(1))
                .isEqualTo(new JsonObject(
                        "{\"type\":\"subscribed\",\"id\":1,\"results\":[{\"topic\":\"trade/fmp:AAPL\",\"ok\":true,"
                                + "\"state\":\"live\",\"reason\":\"\"}]}"));
        assertThat(client.received.get(2).getLong("seq")).isEqualTo(5);
        events(trade(7, 6));
        assertThat(client.received.get(3).getLong("seq")).isEqualTo(6);
    }

    @Test
    void shouldGiveALaterSessionTheNewestValueAtOnce() {
        List<Session> sessions = new ArrayList<>();
        connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 4, trade(7, 4)), trade(7, 5));

        FakeTransport second = connect(stream, sessions);
        subscribe(sessions.get(1));

        assertThat(second.types()).containsExactly("hello", "subscribed", "snapshot");
        assertThat(second.received.get(2).getLong("seq")).isEqualTo(5);
        assertThat(told.get(told.size() - 1).asked()).isEmpty();
    }

    @Test
    void shouldSendAnEmptySnapshotWhereNothingIsKnownYet() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 0, null));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot");
        assertThat(client.received.get(2).getLong("seq")).isZero();
        assertThat(client.received.get(2).containsKey("price")).isFalse();
        events(trade(7, 1));
        assertThat(client.types()).endsWith("snapshot", "tick");
    }

    @Test
    void shouldAnnounceALossBeforeTheTick() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        events(trade(7, 5));
        assertThat(client.types()).endsWith("gap", "tick");
        assertThat(client.received.get(3).getLong("lost")).isEqualTo(3);
    }

    @Test
    void shouldResetWithTheFirstValueOfANewEpochAndNotRepeatIt() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 9, trade(7, 9)));
        events(trade(8, 1), trade(8, 2));
        assertThat(client.types()).endsWith("snapshot", "reset", "tick");
        assertThat(client.received.get(3).getLong("epoch")).isEqualTo(8);
        assertThat(client.received.get(3).getInteger("price")).isEqualTo(101);
    }

    @Test
    void shouldNeverStepBack() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(8, 9, trade(8, 9)));
        events(trade(8, 9), trade(8, 3), trade(7, 99));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot");
    }

    @Test
    void shouldTellADataStateOnceAndOnlyWhenItChanges() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        events(new StateChange(AAPL, STALE), new StateChange(AAPL, STALE));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot", "state");
        assertThat(client.received.get(3).getString("reason")).isEqualTo("upstream gone");
    }

    @Test
    void shouldGiveASlowClientOnlyTheNewestAndSayHowManyItReplaced() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport slow = connect(stream, sessions);
        FakeTransport quick = connect(stream, sessions);
        subscribe(sessions.get(0));
        subscribe(sessions.get(1));
        events(answer(7, 1, trade(7, 1)));
        slow.reading = false;
        for (long seq = 2; seq <= 1_000; seq++) {
            events(trade(7, seq));
        }
        assertThat(sessions.get(0).waiting()).isEqualTo(1);
        assertThat(quick.received.stream().filter(frame -> "tick".equals(frame.getString("type"))))
                .hasSize(999);

        slow.reading = true;
        sessions.get(0).flushSoon();
        turns();

        assertThat(slow.types()).containsExactly("hello", "subscribed", "snapshot", "conflated", "tick");
        assertThat(slow.received.get(3).getInteger("count")).isEqualTo(998);
        assertThat(slow.received.get(4).getLong("seq")).isEqualTo(1_000);
    }

    @Test
    void shouldAnnounceLossAndConflationApartToASlowClient() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport slow = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        slow.reading = false;
        events(trade(7, 2), trade(7, 3), trade(7, 10), new StateChange(AAPL, STALE));
        slow.reading = true;
        sessions.get(0).flushSoon();
        turns();
        assertThat(slow.types()).endsWith("snapshot", "gap", "conflated", "tick", "state");
        assertThat(slow.received.get(3).getLong("lost")).isEqualTo(6);
        assertThat(slow.received.get(4).getInteger("count")).isEqualTo(2);
    }

    @Test
    void shouldResetASlowClientOnceHoweverManyEpochsWentBy() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport slow = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        slow.reading = false;
        events(trade(7, 2), trade(8, 1), trade(9, 1), trade(9, 2));
        slow.reading = true;
        sessions.get(0).flushSoon();
        turns();
        assertThat(slow.types()).containsExactly("hello", "subscribed", "snapshot", "reset");
        assertThat(slow.received.get(3).getLong("epoch")).isEqualTo(9);
        assertThat(slow.received.get(3).getLong("seq")).isEqualTo(2);
    }

    @Test
    void shouldCloseAClientWhoseAnswersPileUp() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport slow = connect(stream, sessions);
        slow.reading = false;
        IntStream.range(0, MOST_ANSWERS).forEach(i -> say(sessions.get(0), "{'type':'ping'}"));
        assertThat(slow.closed).isNull();
        say(sessions.get(0), "{'type':'ping'}");
        assertThat(slow.closed).isEqualTo(CloseReason.TOO_SLOW);
        assertThat(hub.sessions()).isEmpty();
    }

    @Test
    void shouldFlushASessionOnceATurnHoweverManyTicksItGot() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        int before = client.flushes;
        events(trade(7, 2), trade(7, 3), trade(7, 4), trade(7, 5));
        assertThat(client.flushes - before).isEqualTo(1);
        assertThat(client.received).hasSize(7);
    }

    @Test
    void shouldTellTheLastHolderLeftAndForgetTheTopic() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        say(sessions.get(0), "{'type':'unsubscribe','topics':['trade/fmp:AAPL']}");
        assertThat(told.get(told.size() - 1).holders()).containsEntry(AAPL, 0);
        events(trade(7, 2));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot", "unsubscribed");
    }

    @Test
    void shouldAskAnewWhenATopicIsDroppedAndTakenUpWithinOneTurn() {
        List<Session> sessions = new ArrayList<>();
        connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        Session session = sessions.get(0);
        session.dialect().onText(session, "{\"type\":\"unsubscribe\",\"topics\":[\"trade/fmp:AAPL\"]}");
        subscribe(session);
        HolderCounts last = told.get(told.size() - 1);
        assertThat(last.holders()).containsEntry(AAPL, 1);
        assertThat(last.asked()).containsExactly(AAPL);
    }

    @Test
    void shouldAnswerWithoutTheOwnerAfterTheWaitAndResetWhenItSpeaks() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        timers.forEach(Runnable::run);
        turns();
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot");
        assertThat(client.received
                        .get(1)
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getString("state"))
                .isEqualTo("waiting");
        events(answer(7, 4, trade(7, 4)));
        assertThat(client.types()).endsWith("state", "reset");
    }

    @Test
    void shouldAnswerARequestWhoseTopicWasGivenUpMeanwhileAndSpareItsSuccessor() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        say(sessions.get(0), "{'type':'unsubscribe','topics':['trade/fmp:AAPL']}");
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        assertThat(client.types()).containsExactly("hello", "subscribed", "unsubscribed", "subscribed", "snapshot");
        assertThat(client.received
                        .get(1)
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getString("code"))
                .isEqualTo("not_held");
    }

    @Test
    void shouldAnswerEachTopicOfARequestByItself() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(0), "{'type':'subscribe','topics':['trade/fmp:AAPL','x','trade/nobody:A','trade/fmp:AAPL']}");
        events(new Answer(AAPL, "the feed is full", LIVE, 1, 0, null));
        JsonArray results = client.received.get(1).getJsonArray("results");
        assertThat(results).hasSize(4);
        assertThat(results.getJsonObject(0).getString("code")).isEqualTo("refused");
        assertThat(results.getJsonObject(0).getBoolean("retry")).isTrue();
        assertThat(results.getJsonObject(1).getString("code")).isEqualTo("bad_topic");
        assertThat(results.getJsonObject(2).getString("message")).contains("unknown provider 'nobody'");
        assertThat(results.getJsonObject(3).getBoolean("already")).isTrue();
        assertThat(sessions.get(0).memberships()).isEmpty();
    }

    @Test
    void shouldKeepContract1ValuesMovingForwardWithoutFramesThatItDoesNotHave() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(prices, sessions);
        say(sessions.get(0), "{'action':'subscribe','symbols':['AAPL']}");
        events(answer(7, 4, trade(7, 4)));
        events(trade(7, 9), trade(8, 1), new StateChange(AAPL, STALE));
        assertThat(client.types())
                .containsExactly("connected", "subscription", "price_update", "price_update", "price_update");
        assertThat(client.received.get(4).getInteger("last_price")).isEqualTo(101);
    }

    @Test
    void shouldConflateContract1PerInstrument() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(prices, sessions);
        say(sessions.get(0), "{'action':'subscribe','symbols':['AAPL']}");
        events(answer(7, 1, trade(7, 1)));
        client.reading = false;
        events(trade(7, 2), trade(7, 3));
        client.reading = true;
        sessions.get(0).flushSoon();
        turns();
        assertThat(client.types()).containsExactly("connected", "subscription", "price_update", "price_update");
        assertThat(client.received.get(3).getInteger("last_price")).isEqualTo(103);
    }
}
