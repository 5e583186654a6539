package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final Topic AAPL = Topic.parse("trade/fmp:AAPL");
    private static final Topic MSFT = Topic.parse("trade/fmp:MSFT");

    private final Metrics metrics = new Metrics(new SimpleMeterRegistry());
    private final Outbox outbox = new Outbox("fmp.stock", "n1", 9, new PoolMeters(metrics, "fmp.stock"), () -> {});
    private final Lane lane = outbox.lane("n2");
    private final List<TickBatch> sent = new ArrayList<>();
    private long seq;
    private long now = Long.MAX_VALUE - 2 * SECOND;

    private void send(String node, TickBatch batch) {
        assertThat(node).isEqualTo("n2");
        sent.add(batch);
    }

    private Trade tick(Topic topic) {
        return new Trade(topic, 9, ++seq, 1, 1, Decimal.of(1), null, null, null, null);
    }

    private static StateChange state(Topic topic, DataState state) {
        return new StateChange(topic, new TopicState(state, "", 1));
    }

    private Answer answer(Topic topic) {
        return new Answer(topic, null, new TopicState(DataState.LIVE, "", 1), 9, seq, null);
    }

    /** One turn of the event loop in which so many ticks come. */
    private void turn(Topic topic, int ticks) {
        for (int i = 0; i < ticks; i++) {
            lane.add(tick(topic));
        }
        outbox.flush(this::send);
    }

    private void fill() {
        while (lane.waiting() == 0) {
            turn(AAPL, 1);
        }
        sent.clear();
    }

    private List<PoolEvent> told() {
        return sent.stream().flatMap(batch -> batch.events().stream()).toList();
    }

    @Test
    void shouldGroupATurnAndNumberTheBatches() {
        turn(AAPL, 3);
        turn(MSFT, 1);

        assertThat(sent).extracting(TickBatch::number).containsExactly(1L, 2L);
        assertThat(sent).extracting(batch -> batch.events().size()).containsExactly(3, 1);
        assertThat(sent).allMatch(batch -> batch.sentAt() / 1_000_000 > 1_700_000_000L);
        assertThat(lane.inFlight()).isEqualTo(4);
    }

    @Test
    void shouldKeepTheNewestOfEachTopicBeyondTheCapOfBatches() {
        for (int i = 0; i < Lane.MOST_BATCHES + 100; i++) {
            lane.add(tick(MSFT));
            turn(AAPL, 1);
        }

        assertThat(sent).hasSize(Lane.MOST_BATCHES);
        assertThat(lane.waiting()).isEqualTo(2);
        assertThat(metrics.counter(Count.LINK_CONFLATED, "fmp.stock").count()).isEqualTo(198);
        long newest = seq;
        sent.clear();

        lane.onReceipt(1, false, now);
        outbox.flush(this::send);

        assertThat(sent).singleElement().satisfies(batch -> {
            assertThat(batch.number()).isEqualTo(Lane.MOST_BATCHES + 1);
            assertThat(batch.events())
                    .extracting(event -> ((Trade) event).seq())
                    .containsExactly(newest - 1, newest);
        });
        assertThat(lane.waiting()).isZero();
    }

    @Test
    void shouldCapEventsToo() {
        turn(AAPL, 3 * Lane.MOST_EVENTS);

        assertThat(sent).hasSize(4).allMatch(batch -> batch.events().size() == Lane.MOST_IN_A_BATCH);
        assertThat(lane.inFlight()).isEqualTo(Lane.MOST_EVENTS);
        assertThat(lane.waiting()).isEqualTo(1);
        for (int number = 1; number <= 4; number++) {
            lane.onReceipt(number, false, now);
        }
        outbox.flush(this::send);
        assertThat(((Trade) told().get(Lane.MOST_EVENTS)).seq()).isEqualTo(seq);
        assertThat(lane.inFlight()).isEqualTo(1);
    }

    @Test
    void shouldLetABurstPassToTheOwnersOwnNode() {
        Lane own = outbox.lane("n1");
        for (int i = 0; i < 20_000; i++) {
            own.add(tick(AAPL));
        }
        List<PoolEvent> taken = new ArrayList<>();
        outbox.flush((node, batch) -> taken.addAll(batch.events()));

        assertThat(taken).hasSize(20_000);
        assertThat(own.waiting()).isZero();
    }

    @Test
    void shouldTellAnswerThenStateThenTickOfATopicThatWaited() {
        fill();
        lane.add(tick(MSFT));
        lane.add(answer(MSFT));
        lane.add(state(MSFT, DataState.STALE));
        lane.add(tick(MSFT));
        lane.add(state(MSFT, DataState.LIVE));
        lane.add(tick(MSFT));

        lane.onReceipt(Lane.MOST_BATCHES, false, now);
        outbox.flush(this::send);

        List<PoolEvent> events = told();
        assertThat(events).hasExactlyElementsOfTypes(Trade.class, Answer.class, StateChange.class, Trade.class);
        assertThat(events.get(2)).isEqualTo(state(MSFT, DataState.LIVE));
        assertThat(((Trade) events.get(3)).seq()).isEqualTo(seq);
    }

    @Test
    void shouldLetNothingOvertakeWhatWaits() {
        fill();
        lane.onReceipt(Lane.MOST_BATCHES, false, now);
        lane.add(tick(MSFT));
        lane.add(tick(AAPL));
        outbox.flush(this::send);

        assertThat(told()).extracting(event -> ((Trade) event).topic()).containsExactly(AAPL, MSFT);
    }

    @Test
    void shouldForgetATopicThatIsReleasedWhileItWaits() {
        fill();
        lane.add(answer(MSFT));
        lane.forget(MSFT);
        lane.forget(AAPL);

        assertThat(lane.waiting()).isZero();
    }

    @Test
    void shouldPulseOnlyWhereNothingElseWasSaid() {
        outbox.pulse(this::send);
        turn(AAPL, 1);
        outbox.pulse(this::send);
        assertThat(sent).hasSize(1);

        outbox.pulse(this::send);

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).number()).isEqualTo(1);
        assertThat(sent.get(1).events()).isEmpty();
        turn(AAPL, 1);
        assertThat(sent.get(2).number()).isEqualTo(2);
    }

    @Test
    void shouldWantARefreshOnceForWhatWasMissedBeforeIt() {
        turn(AAPL, 1);
        turn(AAPL, 1);
        lane.onReceipt(1, true, now);
        assertThat(lane.takeRefresh(now)).isTrue();
        turn(AAPL, 1);

        lane.onReceipt(2, true, now + 100 * MILLI);
        assertThat(lane.takeRefresh(now + 2 * SECOND)).isFalse();
        lane.onReceipt(3, true, now + 200 * MILLI);
        assertThat(lane.takeRefresh(now + 200 * MILLI)).isFalse();
        assertThat(lane.takeRefresh(now + SECOND)).isTrue();
        assertThat(lane.takeRefresh(now + 3 * SECOND)).isFalse();
    }

    @Test
    void shouldRefreshAgainWhenTheFirstRefreshIsLostToo() {
        turn(AAPL, 1);
        lane.onReceipt(1, true, now);
        assertThat(lane.takeRefresh(now)).isTrue();

        lane.onReceipt(1, true, now + SECOND);

        assertThat(lane.takeRefresh(now + SECOND)).isTrue();
    }

    @Test
    void shouldCountEverythingAsArrivedWhenItIsToldAgain() {
        fill();
        lane.onReceipt(1, true, now);
        assertThat(lane.takeRefresh(now)).isTrue();
        lane.add(answer(AAPL));
        outbox.flush(this::send);

        assertThat(told()).hasSize(1).hasOnlyElementsOfType(Answer.class);
        assertThat(lane.inFlight()).isEqualTo(1);
    }

    @Test
    void shouldKeepAndSendNothingWhileItsNodeIsGone() {
        fill();
        lane.close();
        assertThat(lane.waiting()).isZero();
        assertThat(lane.inFlight()).isZero();

        turn(AAPL, 10);
        outbox.pulse(this::send);
        assertThat(sent).isEmpty();

        lane.open();
        turn(AAPL, 1);
        assertThat(sent)
                .singleElement()
                .satisfies(batch -> assertThat(batch.number()).isEqualTo(Lane.MOST_BATCHES + 1));
    }

    @Test
    void shouldIgnoreAReceiptForWhatWasNeverSent() {
        turn(AAPL, 1);
        lane.onReceipt(7, true, now);

        assertThat(lane.inFlight()).isEqualTo(1);
        assertThat(lane.takeRefresh(now)).isFalse();
    }
}
