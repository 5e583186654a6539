package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Count;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolEngineTest {
    private static final String TRADE = "trade/fmp:AAPL";
    private static final String QUOTE = "quote/fmp:AAPL";

    private final EngineBench bench = new EngineBench(Setups.setup(2));

    private static String trade(String symbol, double price) {
        return "{'s':'" + symbol + "','t':1827302400123456789,'type':'T','lp':" + price + ",'ls':40}";
    }

    private void trade(double price) {
        bench.frame(trade("aapl", price));
    }

    @Test
    void shouldLogInAndAskForKnownInterestInOneFrame() {
        bench.update("n2", 1, true, TRADE, QUOTE, "trade/fmp:MSFT");
        bench.streaming();

        assertThat(bench.sent)
                .containsExactly(
                        "{'event':'login','data':{'apiKey':'made-up-key'}}",
                        "{'event':'subscribe','data':{'ticker':['aapl','msft']}}");
    }

    @Test
    void shouldAnswerANewNodeWithStatusStateAndNewestValue() {
        bench.streaming();
        bench.interest("n2", 1, TRADE);
        bench.pass(100 * MILLI);
        bench.acknowledge();
        trade(201.37);
        bench.told("n2");

        bench.interest("n3", 1, TRADE);

        List<PoolEvent> told = bench.told("n3");
        assertThat(told).hasSize(2);
        assertThat(((FeedStatus) told.get(0)).state()).isEqualTo(FeedState.STREAMING);
        Answer answer = (Answer) told.get(1);
        assertThat(answer.accepted()).isTrue();
        assertThat(answer.state().state()).isEqualTo(DataState.LIVE);
        assertThat(answer.epoch()).isEqualTo(9);
        assertThat(answer.seq()).isEqualTo(1);
        assertThat(answer.newest()).isNotNull().isInstanceOf(Trade.class);
        assertThat(bench.told("n2")).isEmpty();
    }

    @Test
    void shouldAnswerAgainToANodeThatHasBegunAnewButNotToARepeatedList() {
        bench.streaming();
        bench.update("n2", 1, true, TRADE);
        assertThat(bench.told("n2", Answer.class)).hasSize(1);
        bench.update("n2", 2, true, TRADE);
        assertThat(bench.told("n2")).isEmpty();

        bench.update("n2", 1, true, TRADE);

        assertThat(bench.told("n2", Answer.class)).hasSize(1);
    }

    @Test
    void shouldTellStateThenTicksInOneOrderAndGroupThemPerNode() {
        bench.streaming();
        bench.interest("n2", 1, TRADE);
        bench.interest("n3", 1, TRADE, QUOTE);
        bench.told("n2");
        bench.told("n3");
        bench.pass(100 * MILLI);

        trade(1);
        bench.frame("{'s':'aapl','type':'Q','ap':2}");
        trade(3);

        bench.outbox().flush((node, batch) -> bench.batches.put(node, List.of(batch)));
        assertThat(bench.batches.get("n2")).singleElement().satisfies(batch -> {
            assertThat(batch.events()).hasExactlyElementsOfTypes(StateChange.class, Trade.class, Trade.class);
            assertThat(batch.epoch()).isEqualTo(9);
            assertThat(batch.number()).isEqualTo(2);
        });
        assertThat(bench.batches.get("n3"))
                .singleElement()
                .satisfies(batch -> assertThat(batch.events()).hasSize(5));
    }

    @Test
    void shouldNumberWithoutAGapAcrossReleaseAndReconnect() {
        bench.streaming();
        bench.interest("n2", 1, TRADE);
        bench.pass(100 * MILLI);
        trade(1);
        bench.interest("n2", 2, "-" + TRADE);
        bench.pass(SECOND);
        trade(2);
        assertThat(bench.count(Count.UPSTREAM_UNWANTED)).isEqualTo(1);
        bench.interest("n2", 3, TRADE);
        bench.lose();
        bench.reconnect();
        trade(3);

        assertThat(bench.told("n2", Tick.class)).extracting(Tick::seq).containsExactly(1L, 2L);
    }

    @Test
    void shouldMarkTopicsStaleAtOnceAndLiveAgainWhenRegisteredAgain() {
        bench.streaming();
        bench.interest("n2", 1, TRADE, "trade/fmp:MSFT");
        bench.pass(100 * MILLI);
        trade(1);
        bench.told("n2");

        bench.lose();

        List<StateChange> changes = bench.told("n2", StateChange.class);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(0).state().state()).isEqualTo(DataState.STALE);
        assertThat(changes.get(0).state().reason()).isEqualTo("WebSocket connection closed: without a Close frame");
        assertThat(changes.get(1).state().state()).isEqualTo(DataState.WAITING);
        bench.reconnect();
        assertThat(bench.told("n2", StateChange.class))
                .extracting(change -> change.state().reason())
                .containsExactly("subscribing");
        bench.acknowledge();
        assertThat(bench.told("n2", StateChange.class))
                .extracting(change -> change.state().state())
                .containsExactly(DataState.LIVE, DataState.LIVE);
    }

    @Test
    void shouldSayWhyATopicHasNoSlotAndGiveItOneWhenOneFrees() {
        bench.streaming();
        bench.interest("n2", 1, "trade/fmp:A", "trade/fmp:B", "trade/fmp:C");
        List<Answer> answers = bench.told("n2", Answer.class);
        assertThat(answers.get(2).state().reason()).isEqualTo("no slot: 2 of 2 in use");
        assertThat(answers.get(2).accepted()).isTrue();
        bench.pass(100 * MILLI);
        bench.acknowledge();

        bench.interest("n2", 2, "-trade/fmp:A");
        bench.pass(100 * MILLI);
        bench.frame("{'event':'unsubscribe','status':200}");
        bench.pass(10 * SECOND);
        bench.engine.beat(bench.now);
        bench.pass(100 * MILLI);
        bench.acknowledge();

        assertThat(bench.sent).endsWith("{'event':'subscribe','data':{'ticker':['c']}}");
        assertThat(bench.told("n2", StateChange.class))
                .extracting(
                        change -> change.topic() + " " + change.state().state().word())
                .containsExactly("trade/fmp:A live", "trade/fmp:B live", "trade/fmp:C waiting", "trade/fmp:C live");
    }

    @Test
    void shouldSayWhatTheProviderSaidOfARefusedCode() {
        bench.streaming();
        bench.interest("n2", 1, TRADE);
        bench.pass(100 * MILLI);
        bench.told("n2");
        bench.frame("{'event':'subscribe','status':400,'message':'no such ticker'}");

        assertThat(bench.told("n2", StateChange.class))
                .extracting(change -> change.state().reason())
                .containsExactly("fmp refused the subscription: 400 no such ticker");
    }

    @Test
    void shouldSuspendAndNeverShowTheKeyThatTheProviderRepeats() {
        bench.start();
        bench.open();
        bench.frame("{'event':'login','status':401,'message':'Unauthorized: made-up-key'}");

        List<FeedStatus> told = bench.told("n1", FeedStatus.class);
        FeedStatus last = told.get(told.size() - 1);
        assertThat(last.state()).isEqualTo(FeedState.SUSPENDED);
        assertThat(last.reason()).contains("401 Unauthorized: ***").doesNotContain("made-up-key");
        assertThat(bench.closes).isEqualTo(1);
        bench.pass(299 * SECOND);
        assertThat(bench.count(Count.UPSTREAM_CONNECTS)).isEqualTo(1);
    }

    @Test
    void shouldStopReadingBehindARefusal() {
        bench.streaming();
        bench.interest("n2", 1, TRADE);
        bench.pass(100 * MILLI);
        bench.told("n2");

        bench.frame("[{'event':'login','status':401,'message':'Connected from another location'}," + trade("aapl", 1)
                + "]");

        assertThat(bench.told("n2", Tick.class)).isEmpty();
    }

    @Test
    void shouldCountFromOneAgainAndAskForEverythingInANewEpoch() {
        bench.streaming();
        bench.interest("n2", 1, TRADE);
        bench.pass(100 * MILLI);
        trade(1);
        trade(2);
        bench.told("n2");
        bench.sent.clear();

        bench.newEpoch(10);
        bench.update("n2", 1, true, TRADE);
        bench.open();
        bench.frame("{'event':'login','status':200}");
        trade(3);

        List<PoolEvent> told = bench.told("n2");
        assertThat(told).filteredOn(Answer.class::isInstance).singleElement().satisfies(event -> {
            assertThat(((Answer) event).epoch()).isEqualTo(10);
            assertThat(((Answer) event).newest()).isNull();
        });
        assertThat(told).filteredOn(Tick.class::isInstance).singleElement().satisfies(event -> {
            assertThat(((Tick) event).epoch()).isEqualTo(10);
            assertThat(((Tick) event).seq()).isEqualTo(1);
        });
        bench.pass(100 * MILLI);
        assertThat(bench.sent).hasSize(2);
    }

    @Test
    void shouldTellTheOwnNodeEveryChangeOfTheFeedOnce() {
        bench.streaming();
        assertThat(bench.told("n1", FeedStatus.class))
                .extracting(FeedStatus::state)
                .containsExactly(FeedState.CONNECTING, FeedState.LOGGING_IN, FeedState.STREAMING);
        trade(1);
        bench.frame("{'event':'heartbeat'}");
        assertThat(bench.told("n1")).isEmpty();

        bench.interest("n1", 1, TRADE);
        bench.told("n1");
        bench.pass(100 * MILLI);
        bench.acknowledge();

        FeedStatus status = bench.told("n1", FeedStatus.class).get(0);
        assertThat(status.registered()).isEqualTo(1);
        assertThat(status.capacity()).isEqualTo(2);
        assertThat(status.simulated()).isFalse();
        assertThat(status.configured()).isTrue();
    }

    @Test
    void shouldRefuseATopicThatTheProviderDoesNotHave() {
        bench.streaming();
        bench.interest("n2", 1, "book/fmp:AAPL");

        Answer answer = bench.told("n2", Answer.class).get(0);
        assertThat(answer.refusal()).isEqualTo("fmp offers trade and quote, not book: 'book/fmp:AAPL'");
    }

    @Test
    void shouldRefuseTopicsAndConnectNowhereWhenSwitchedOff() {
        EngineBench off = new EngineBench(new PoolSetup(
                "n1",
                List.of(Setups.feed(FeedConfig.Mode.OFF, "ws://nowhere", 2)),
                UpstreamConfig.DEFAULTS,
                Setups.LINGER,
                Setups.FMP));
        off.start();
        off.interest("n1", 1, TRADE);
        off.pass(100 * SECOND);

        assertThat(off.link).isZero();
        List<PoolEvent> told = off.told("n1");
        assertThat(((FeedStatus) told.get(0)).state()).isEqualTo(FeedState.OFF);
        Answer answer = (Answer) told.get(told.size() - 1);
        assertThat(answer.refusal()).isEqualTo("feed fmp is switched off");
        assertThat(answer.state().says(DataState.WAITING, "feed fmp is switched off"))
                .isTrue();
    }

    @Test
    void shouldSayThatTheKeyIsMissing() {
        FeedConfig bare = new FeedConfig(
                "fmp",
                "fmp",
                "stock",
                FeedConfig.Mode.LIVE,
                "ws://nowhere",
                "",
                2,
                FeedConfig.Overflow.FALLBACK,
                Map.of(),
                null);
        EngineBench off =
                new EngineBench(new PoolSetup("n1", List.of(bare), UpstreamConfig.DEFAULTS, Setups.LINGER, Setups.FMP));
        off.start();
        off.interest("n1", 1, TRADE);

        List<PoolEvent> told = off.told("n1");
        FeedStatus status = (FeedStatus) told.get(0);
        assertThat(status.state()).isEqualTo(FeedState.UNCONFIGURED);
        assertThat(status.reason()).isEqualTo("FMP API Key not configured");
        assertThat(status.configured()).isFalse();
        Answer answer = (Answer) told.get(told.size() - 1);
        assertThat(answer.accepted()).isTrue();
        assertThat(answer.state().reason()).isEqualTo("FMP API Key not configured");
    }

    @Test
    void shouldCallABusyTopicStaleWithinFiveSecondsAndLiveAgainAtItsNextTick() {
        bench.streaming();
        bench.interest("n2", 1, TRADE);
        bench.pass(100 * MILLI);
        bench.acknowledge();
        for (int i = 0; i < 40; i++) {
            bench.pass(250 * MILLI);
            bench.frame("{'s':'aapl','type':'T','lp':1,'ls':1}");
        }
        bench.told("n2");
        for (int i = 0; i < 10; i++) {
            bench.pass(500 * MILLI);
            bench.engine.beat(bench.now);
        }
        bench.frame("{'s':'aapl','type':'T','lp':1,'ls':1}");

        assertThat(bench.told("n2", StateChange.class))
                .extracting(
                        change -> change.state().state() + " " + change.state().reason())
                .containsExactly("STALE no data for 4 s, usually every 250 ms", "LIVE ");
    }
}
