package io.tickmesh.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.CacheQuery;
import io.tickmesh.bus.CacheReport;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.History;
import io.tickmesh.market.Notice;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.tickmesh.market.Trade;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NewestValuesTest {
    private static final String POOL = "fmp.stock";
    private static final Topic AAPL = Topic.parse("trade/fmp:AAPL");
    private static final TopicState LIVE = new TopicState(DataState.LIVE, "", 1);

    private final History history = new History(256, 1 << 20);
    private final Counts counts = new Counts();
    private final NewestValues values = new NewestValues(3, history, counts);

    private static final class Counts implements NewestValues.Refusals {
        private int stale;
        private int old;
        private long lost;

        @Override
        public void onStaleEpoch(String pool, int events) {
            stale += events;
        }

        @Override
        public void onOldTick(String pool) {
            old++;
        }

        @Override
        public void onLost(String pool, long ticks) {
            lost += ticks;
        }
    }

    private static Trade trade(Topic topic, long epoch, long seq) {
        return new Trade(topic, epoch, seq, seq, seq, Decimal.of(seq), null, null, null, null);
    }

    private List<PoolEvent> take(long epoch, PoolEvent... events) {
        return values.take(new TickBatch(POOL, "n1", epoch, 1, 0, List.of(events)));
    }

    @Test
    void shouldRefuseAnEpochThatIsOverAndCountIt() {
        take(5, trade(AAPL, 5, 1));
        assertThat(take(4, trade(AAPL, 4, 9))).isEmpty();
        assertThat(counts.stale).isEqualTo(1);
    }

    @Test
    void shouldRefuseANumberThatIsNotAboveTheLast() {
        take(5, trade(AAPL, 5, 1), trade(AAPL, 5, 2));
        assertThat(take(5, trade(AAPL, 5, 2))).isEmpty();
        assertThat(take(5, trade(AAPL, 5, 3))).hasSize(1);
        assertThat(counts.old).isEqualTo(1);
    }

    @Test
    void shouldNoticeAJumpAndForgetTheHistoryBeforeIt() {
        take(5, trade(AAPL, 5, 1), trade(AAPL, 5, 2), trade(AAPL, 5, 6));
        assertThat(counts.lost).isEqualTo(3);
        assertThat(history.of(AAPL)).containsExactly(trade(AAPL, 5, 6));
    }

    @Test
    void shouldNotTakeNumbersForLostThatWentByWithoutInterest() {
        take(5, trade(AAPL, 5, 1));
        take(5, new Answer(AAPL, null, LIVE, 5, 9, null));
        take(5, trade(AAPL, 5, 10));
        assertThat(counts.lost).isZero();
    }

    @Test
    void shouldAnswerWithTheNewestValueAndStateKnownByNow() {
        take(5, new Answer(AAPL, null, new TopicState(DataState.WAITING, "subscribing", 0), 5, 0, null));
        assertThat(values.answers(List.of(AAPL, Topic.parse("trade/fmp:MSFT")))).hasSize(1);
        take(5, trade(AAPL, 5, 1), new StateChange(AAPL, LIVE));
        assertThat(values.answers(List.of(AAPL)))
                .containsExactly(new Answer(AAPL, null, LIVE, 5, 1, trade(AAPL, 5, 1)));
    }

    @Test
    void shouldKeepTheValueButNotTheAnswerOfAReleasedTopic() {
        take(5, new Answer(AAPL, null, LIVE, 5, 1, trade(AAPL, 5, 1)));
        values.release(List.of(AAPL));
        assertThat(values.answers(List.of(AAPL))).isEmpty();
        assertThat(values.report(new CacheQuery("fmp")).values()).hasSize(1);
    }

    @Test
    void shouldGiveOnEveryNoticeButReportNone() {
        Topic notices = Topic.parse("notice/fmp-1");
        Notice first = new Notice(notices, 5, 1, 1, 1, "fill", Map.of("no", "1"));
        Notice second = new Notice(notices, 5, 2, 2, 2, "fill", Map.of("no", "2"));
        assertThat(take(5, first, second)).containsExactly(first, second);
        assertThat(values.report(new CacheQuery("fmp"))).isEqualTo(new CacheReport(Map.of(), List.of()));
    }

    @Test
    void shouldDropTheLeastRecentTopicBeyondItsBound() {
        for (String symbol : List.of("A", "B", "C", "D")) {
            take(5, trade(Topic.parse("trade/fmp:" + symbol), 5, 1));
        }
        assertThat(values.topics()).isEqualTo(3);
        assertThat(history.of(Topic.parse("trade/fmp:A"))).isEmpty();
        assertThat(history.of(Topic.parse("trade/fmp:D"))).hasSize(1);
    }

    @Test
    void shouldReportOnlyTheProviderAskedFor() {
        take(5, trade(AAPL, 5, 1));
        assertThat(values.report(new CacheQuery("kis")).values()).isEmpty();
    }

    @Test
    void shouldRefuseTheEpochBeforeAnOwnerThatWasHeardOf() {
        values.begin(POOL, 6);
        values.begin(POOL, 4);
        assertThat(values.epochOf(POOL)).isEqualTo(6);
        assertThat(take(5, trade(AAPL, 5, 1))).isEmpty();
        assertThat(counts.stale).isEqualTo(1);
    }

    @Test
    void shouldCountAsLostWhatARefreshedAnswerSkips() {
        take(5, new Answer(AAPL, null, LIVE, 5, 2, trade(AAPL, 5, 2)));
        take(5, new Answer(AAPL, null, LIVE, 5, 7, trade(AAPL, 5, 7)));
        assertThat(counts.lost).isEqualTo(4);
        assertThat(history.of(AAPL)).containsExactly(trade(AAPL, 5, 7));
        take(5, new Answer(AAPL, null, LIVE, 5, 9, trade(AAPL, 5, 7)));
        assertThat(counts.lost).isEqualTo(6);
        assertThat(history.of(AAPL)).isEmpty();
        take(5, trade(AAPL, 5, 10));
        assertThat(counts.lost).isEqualTo(6);
    }

    @Test
    void shouldNotCountAsLostWhatWentByInAnotherEpochOrWithoutInterest() {
        take(5, new Answer(AAPL, null, LIVE, 5, 2, trade(AAPL, 5, 2)));
        take(6, new Answer(AAPL, null, LIVE, 6, 9, trade(AAPL, 6, 9)));
        values.release(List.of(AAPL));
        take(6, new Answer(AAPL, null, LIVE, 6, 20, trade(AAPL, 6, 20)));
        assertThat(counts.lost).isZero();
    }

    @Test
    void shouldNotStepBackForAnOldRefresh() {
        take(5, new Answer(AAPL, null, LIVE, 5, 2, trade(AAPL, 5, 2)), trade(AAPL, 5, 3));
        assertThat(take(5, new Answer(AAPL, null, LIVE, 5, 2, trade(AAPL, 5, 2))))
                .containsExactly(new Answer(AAPL, null, LIVE, 5, 3, trade(AAPL, 5, 3)));
        assertThat(history.of(AAPL)).hasSize(2);
    }

    @Test
    void shouldStandWhereANewEpochStandsAndKeepTheLastValue() {
        take(5, new Answer(AAPL, null, LIVE, 5, 2, trade(AAPL, 5, 2)));
        assertThat(take(6, new Answer(AAPL, null, LIVE, 6, 0, null)))
                .containsExactly(new Answer(AAPL, null, LIVE, 6, 0, trade(AAPL, 5, 2)));
    }

    @Test
    void shouldForsakeOnlyWhatThePoolHadAnsweredAndDelivered() {
        Topic waits = Topic.parse("trade/fmp:WAITS");
        Topic other = Topic.parse("trade/fmp:BTCUSD");
        take(5, new Answer(AAPL, null, LIVE, 5, 0, null));
        take(5, new Answer(waits, null, new TopicState(DataState.WAITING, "subscribing", 0), 5, 0, null));
        values.take(new TickBatch("fmp.crypto", "n1", 5, 1, 0, List.of(new Answer(other, null, LIVE, 5, 0, null))));
        TopicState stale = new TopicState(DataState.STALE, "silent", 9);
        assertThat(values.forsake(POOL, stale)).containsExactly(new StateChange(AAPL, stale));
        assertThat(values.answers(List.of(AAPL))).containsExactly(new Answer(AAPL, null, stale, 5, 0, null));
    }
}
