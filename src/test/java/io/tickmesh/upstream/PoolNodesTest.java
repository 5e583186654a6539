package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.metrics.Count;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a pool gets on with nodes that come, go, forget and miss. */
class PoolNodesTest {
    private static final String TRADE = "trade/fmp:AAPL";

    private final EngineBench bench = new EngineBench(Setups.setup(2));

    private void trade(int price) {
        bench.frame("{'s':'aapl','t':1827302400123456789,'type':'T','lp':" + price + ",'ls':40}");
    }

    private void beat(long nanos) {
        bench.pass(nanos);
        bench.engine.beat(bench.now);
    }

    @Test
    void shouldTellTheStateOfTheFeedToNodesWithoutInterestToo() {
        bench.members("n1", "n2");
        bench.streaming();
        assertThat(bench.told("n2", FeedStatus.class))
                .extracting(FeedStatus::state)
                .containsExactly(FeedState.CONNECTING, FeedState.LOGGING_IN, FeedState.STREAMING);

        bench.members("n1", "n2", "n3");

        assertThat(bench.told("n3", FeedStatus.class)).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(FeedState.STREAMING);
            assertThat(status.owner()).isEqualTo("n1");
            assertThat(status.epoch()).isEqualTo(9);
            assertThat(status.retryAt()).isZero();
        });
    }

    @Test
    void shouldSayWhenItTriesAgain() {
        bench.streaming();
        bench.lose();

        List<FeedStatus> told = bench.told("n1", FeedStatus.class);
        assertThat(told.get(told.size() - 1).retryAt()).isEqualTo(bench.wallMillis() + 1000);
    }

    @Test
    void shouldAskMembersUntilTheyHaveToldAll() {
        bench.members("n1", "n2");
        bench.start();
        assertThat(bench.asked).containsExactly("n1", "n2");
        bench.update("n1", 1, true);
        beat(500 * MILLI);
        assertThat(bench.asked).containsExactly("n1", "n2", "n2");
        bench.update("n2", 1, true, TRADE);
        beat(500 * MILLI);
        assertThat(bench.asked).hasSize(3);

        bench.update("n2", 3, false, "trade/fmp:MSFT");

        assertThat(bench.asked).containsExactly("n1", "n2", "n2", "n2");
        assertThat(bench.count(Count.INTEREST_ASKS)).isEqualTo(4);
    }

    @Test
    void shouldLetTheInterestOfALostNodeLingerAndThenReleaseIt() {
        bench.members("n1", "n2");
        bench.streaming();
        bench.update("n1", 1, true);
        bench.update("n2", 1, true, TRADE);
        bench.pass(100 * MILLI);
        bench.acknowledge();
        bench.told("n2");
        bench.asked.clear();
        bench.sent.clear();

        bench.members("n1");
        trade(1);
        beat(4900 * MILLI);
        assertThat(bench.told("n2")).isEmpty();
        assertThat(bench.sent).isEmpty();

        beat(100 * MILLI);
        bench.pass(100 * MILLI);

        assertThat(bench.sent).containsExactly("{'event':'unsubscribe','data':{'ticker':['aapl']}}");
        assertThat(bench.asked).doesNotContain("n2");
    }

    @Test
    void shouldAnswerEverythingToANodeThatComesBackInTime() {
        bench.members("n1", "n2");
        bench.streaming();
        bench.update("n2", 1, true, TRADE);
        bench.pass(100 * MILLI);
        bench.acknowledge();
        bench.members("n1");
        trade(1);
        bench.told("n2");
        bench.asked.clear();
        bench.sent.clear();

        bench.members("n1", "n2");
        beat(500 * MILLI);
        assertThat(bench.asked).contains("n2");
        bench.update("n2", 2, true, TRADE);
        beat(10 * SECOND);

        assertThat(bench.told("n2", Answer.class))
                .singleElement()
                .satisfies(answer -> assertThat(answer.seq()).isEqualTo(1));
        assertThat(bench.sent).isEmpty();
    }

    @Test
    void shouldTellEverythingAgainToANodeThatMissedSomething() {
        bench.streaming();
        bench.update("n2", 1, true, TRADE, "book/fmp:AAPL");
        bench.pass(100 * MILLI);
        bench.acknowledge();
        trade(1);
        bench.told("n2");

        bench.receipt("n2", 1, true);

        List<Answer> answers = bench.told("n2", Answer.class);
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).seq()).isEqualTo(1);
        assertThat(answers.get(0).newest()).isNotNull();
        assertThat(answers.get(1).accepted()).isFalse();
        assertThat(bench.count(Count.LINK_REFRESHES)).isEqualTo(1);
        bench.receipt("n2", 2, true);
        assertThat(bench.told("n2")).isEmpty();
        beat(SECOND);
        assertThat(bench.told("n2", Answer.class)).hasSize(2);
    }

    @Test
    void shouldCloseTheUpstreamWhilePausedAndSaySo() {
        bench.streaming();
        bench.update("n2", 1, true, TRADE, "trade/fmp:MSFT");
        bench.pass(100 * MILLI);
        bench.acknowledge();
        trade(1);
        bench.told("n2");

        bench.engine.pause(true, bench.now);
        bench.pass(100 * SECOND);

        assertThat(bench.closes).isEqualTo(1);
        assertThat(bench.count(Count.UPSTREAM_CONNECTS)).isEqualTo(1);
        List<StateChange> changes = bench.told("n2", StateChange.class);
        assertThat(changes).extracting(change -> change.state().reason()).containsOnly("paused by an operator");
        assertThat(changes)
                .extracting(change -> change.state().state())
                .containsExactly(DataState.STALE, DataState.WAITING);

        bench.engine.pause(false, bench.now);
        bench.open();
        bench.frame("{'event':'login','status':200,'message':'Authenticated'}");
        trade(2);

        assertThat(bench.told("n2", Tick.class)).extracting(Tick::seq).containsExactly(2L);
    }

    @Test
    void shouldBeginPausedAndAnswerSo() {
        bench.paused = true;
        bench.start();
        bench.update("n2", 1, true, TRADE);

        assertThat(bench.link).isZero();
        assertThat(bench.told("n2", Answer.class))
                .singleElement()
                .satisfies(answer -> assertThat(answer.state().says(DataState.WAITING, "paused by an operator"))
                        .isTrue());
    }

    @Test
    void shouldSayOnceHowManyRegistrationsAFrameSettled() {
        bench.streaming();
        bench.update("n2", 1, true, TRADE, "trade/fmp:MSFT");
        bench.pass(100 * MILLI);
        bench.told("n2");

        bench.acknowledge();

        assertThat(bench.told("n2", FeedStatus.class))
                .extracting(FeedStatus::registered)
                .containsExactly(2);
    }
}
