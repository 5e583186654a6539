package io.tickmesh.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.cache.Link.Arrival;
import io.tickmesh.market.Answer;
import io.tickmesh.market.DataState;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LinkTest {
    private static final String POOL = "fmp.stock";
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final Topic AAPL = Topic.parse("trade/fmp:AAPL");
    private static final TopicState LIVE = new TopicState(DataState.LIVE, "", 1);
    private static final PoolEvent STATE = new StateChange(AAPL, LIVE);
    private static final PoolEvent ANSWER = new Answer(AAPL, null, LIVE, 7, 1, null);
    private static final Arrival FINE = new Arrival(0, false);

    private final Link link = new Link("n2", POOL);
    private long now = -5 * SECOND;
    private long clocksApart = TimeUnit.HOURS.toMicros(1);

    private Arrival arrive(long epoch, long number, PoolEvent... events) {
        return arriveAfter(0, epoch, number, events);
    }

    private Arrival arriveAfter(long micros, long epoch, long number, PoolEvent... events) {
        TickBatch batch = new TickBatch(POOL, "n1", epoch, number, now / 1_000, List.of(events));
        return link.arrive(batch, now / 1_000 + clocksApart + micros, now);
    }

    private void pass(long nanos) {
        now += nanos;
    }

    private static LinkReceipt receipt(long epoch, long number, boolean missed) {
        return new LinkReceipt("n2", POOL, epoch, number, missed);
    }

    @Test
    void shouldReceiptWhatCameAndOnlyOnce() {
        assertThat(link.owes()).isFalse();
        arrive(7, 1, STATE);
        arrive(7, 2, STATE);
        assertThat(link.owes()).isTrue();
        assertThat(link.pressing(now)).isFalse();
        assertThat(link.owner()).isEqualTo("n1");
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 2, false));
        assertThat(link.receipt(now)).isNull();
        assertThat(link.owes()).isFalse();
    }

    @Test
    void shouldPressForAReceiptAfterSixteenBatches() {
        for (int number = 1; number < 16; number++) {
            arrive(7, number, STATE);
        }
        assertThat(link.pressing(now)).isFalse();
        arrive(7, 16, STATE);
        assertThat(link.pressing(now)).isTrue();
    }

    @Test
    void shouldReceiptAPulseSinceAReceiptMayBeLostToo() {
        arrive(7, 1, STATE);
        link.receipt(now);
        assertThat(arrive(7, 1)).isEqualTo(FINE);
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 1, false));
    }

    @Test
    void shouldNoticeAJumpAndAPulseThatIsAhead() {
        arrive(7, 1, STATE);
        assertThat(arrive(7, 4, STATE)).isEqualTo(new Arrival(2, false));
        assertThat(arrive(7, 5, STATE)).isEqualTo(FINE);
        assertThat(arrive(7, 6)).isEqualTo(new Arrival(1, false));
        assertThat(arrive(7, 7, STATE)).isEqualTo(FINE);
    }

    @Test
    void shouldFollowALaneThatBeganAnewAndAskForWhatMayBeMissing() {
        arrive(7, 1, STATE);
        arrive(7, 2, STATE);
        assertThat(arrive(7, 1, STATE).missed()).isEqualTo(1);
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 1, true));
        assertThat(arrive(7, 2, STATE)).isEqualTo(FINE);
    }

    @Test
    void shouldTakeTheFirstNumberOfANewEpochAndMissWhatWasBeforeALaterOne() {
        arrive(7, 9, STATE);
        assertThat(arrive(8, 1, STATE)).isEqualTo(FINE);
        assertThat(arrive(9, 3, STATE)).isEqualTo(new Arrival(2, false));
        assertThat(arrive(10, 0)).isEqualTo(FINE);
        assertThat(arrive(11, 1).missed()).isEqualTo(1);
    }

    @Test
    void shouldAskButNotComplainWhereANodeComesLateToARunningCount() {
        assertThat(arrive(7, 57, STATE)).isEqualTo(FINE);
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 57, true));
    }

    @Test
    void shouldAskAtOnceAndThenFourTimesASecondUntilAnswered() {
        arrive(7, 1, STATE);
        arrive(7, 3, STATE);
        assertThat(link.pressing(now)).isTrue();
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 3, true));
        pass(249 * MILLI);
        assertThat(link.receipt(now)).isNull();
        pass(MILLI);
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 3, true));

        arrive(7, 4, ANSWER);
        pass(250 * MILLI);
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 4, false));
        assertThat(link.owes()).isFalse();
    }

    @Test
    void shouldAskAgainAfterAMissThatTheLastRequestCouldNotKnow() {
        arrive(7, 1, STATE);
        arrive(7, 3, STATE);
        link.receipt(now);
        arrive(7, 5, STATE);
        arrive(7, 6, ANSWER);
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 6, false));
        pass(250 * MILLI);
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 6, true));
    }

    @Test
    void shouldGiveUpAskingAnOwnerThatKnowsNothingToTell() {
        arrive(7, 57, STATE);
        int asks = 0;
        while (link.owes() && asks < 1_000) {
            link.receipt(now);
            pass(250 * MILLI);
            asks++;
        }
        assertThat(asks).isEqualTo(20);
    }

    @Test
    void shouldDropAndReceiptABatchThatLaySomewhereForOverThreeSeconds() {
        arrive(7, 1, STATE);
        assertThat(arriveAfter(2_900_000, 7, 2, STATE)).isEqualTo(FINE);
        assertThat(arriveAfter(3_100_000, 7, 3, STATE)).isEqualTo(new Arrival(0, true));
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 3, true));
        assertThat(arriveAfter(0, 7, 4, STATE)).isEqualTo(FINE);
    }

    @Test
    void shouldLoseNothingByAPulseThatIsOld() {
        arrive(7, 1, STATE);
        assertThat(arriveAfter(5_000_000, 7, 1)).isEqualTo(FINE);
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 1, false));
    }

    @Test
    void shouldNotTakeABacklogAfterALongFreezeForTheMeasure() {
        arrive(7, 1, STATE);
        pass(90 * SECOND);
        assertThat(arriveAfter(80_000_000, 7, 2, STATE).aged()).isTrue();
    }

    @Test
    void shouldGetUsedToClocksThatWereSetWithinAMinute() {
        arrive(7, 1, STATE);
        clocksApart += TimeUnit.SECONDS.toMicros(10);
        int aged = 0;
        for (int number = 2; number < 120; number++) {
            pass(SECOND);
            aged += arrive(7, number, STATE).aged() ? 1 : 0;
        }
        assertThat(aged).isBetween(29, 60);
    }

    @Test
    void shouldMeasureEachOwnerByItsOwnClock() {
        arrive(7, 1, STATE);
        TickBatch other = new TickBatch(POOL, "n3", 8, 1, now / 1_000 - 3_600_000_000L, List.of(STATE));
        assertThat(link.arrive(other, now / 1_000 + clocksApart, now)).isEqualTo(FINE);
        assertThat(link.owner()).isEqualTo("n3");
    }

    @Test
    void shouldAskAnOwnerFromWhomNothingCameYet() {
        link.refresh("n1", 7);
        assertThat(link.owner()).isEqualTo("n1");
        assertThat(link.receipt(now)).isEqualTo(receipt(7, 0, true));
        assertThat(arrive(7, 1, STATE)).isEqualTo(FINE);
    }

    @Test
    void shouldComplainOnceAMinute() {
        assertThat(link.complains(now)).isTrue();
        pass(59 * SECOND);
        assertThat(link.complains(now)).isFalse();
        pass(SECOND);
        assertThat(link.complains(now)).isTrue();
    }
}
