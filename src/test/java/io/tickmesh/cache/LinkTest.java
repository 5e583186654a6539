package io.tickmesh.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.LinkReceipt;
import io.tickmesh.bus.TickBatch;
import io.tickmesh.cache.Link.Verdict;
import io.tickmesh.market.DataState;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LinkTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final PoolEvent EVENT =
            new StateChange(Topic.parse("trade/fmp:AAPL"), new TopicState(DataState.LIVE, "", 1));

    private final Link link = new Link("me", "fmp.stock");
    private long now = 5 * SECOND;

    private Verdict batch(long epoch, long number) {
        return late(epoch, number, 0);
    }

    private Verdict late(long epoch, long number, long micros) {
        long sentAt = now / 1_000 - micros;
        return link.onBatch(
                new TickBatch("fmp.stock", "owner", epoch, number, sentAt, List.of(EVENT)), now / 1_000, now);
    }

    private Verdict pulse(long epoch, long number) {
        return link.onBatch(
                new TickBatch("fmp.stock", "owner", epoch, number, now / 1_000, List.of()), now / 1_000, now);
    }

    @Test
    void shouldOweAReceiptAfterAWhileOrManyBatches() {
        assertThat(batch(7, 1)).isEqualTo(Verdict.TAKE);
        assertThat(link.receipt(now)).isNull();
        assertThat(link.owes()).isTrue();

        now += 50 * MILLI;
        assertThat(link.receipt(now)).isEqualTo(new LinkReceipt("me", "fmp.stock", 7, 1, false));
        assertThat(link.owes()).isFalse();

        for (int number = 2; number <= 17; number++) {
            batch(7, number);
        }
        assertThat(link.receipt(now)).isEqualTo(new LinkReceipt("me", "fmp.stock", 7, 17, false));
    }

    @Test
    void shouldSayAtOnceThatABatchIsMissing() {
        batch(7, 1);
        assertThat(batch(7, 3)).isEqualTo(Verdict.TAKE);

        assertThat(link.receipt(now)).isEqualTo(new LinkReceipt("me", "fmp.stock", 7, 3, true));
        assertThat(link.missed()).isFalse();
    }

    @Test
    void shouldNotRepeatItselfBeforeAnAnswerCanHaveCome() {
        batch(7, 2);
        assertThat(link.receipt(now)).extracting(LinkReceipt::missed).isEqualTo(true);

        batch(7, 9);
        assertThat(link.receipt(now)).isNull();
        assertThat(link.owes()).isTrue();

        now += 250 * MILLI;
        assertThat(link.receipt(now)).isEqualTo(new LinkReceipt("me", "fmp.stock", 7, 9, true));
    }

    @Test
    void shouldNoticeTheLossOfTheLastBatchByThePulse() {
        batch(7, 1);
        assertThat(pulse(7, 1)).isEqualTo(Verdict.TAKE);
        assertThat(link.missed()).isFalse();

        pulse(7, 2);
        assertThat(link.missed()).isTrue();
    }

    @Test
    void shouldTakeNoBatchTwiceAndNoneOfAnOlderEpoch() {
        batch(7, 1);
        batch(7, 2);
        assertThat(batch(7, 2)).isEqualTo(Verdict.REPEATED);
        assertThat(batch(6, 9)).isEqualTo(Verdict.STALE_EPOCH);

        assertThat(batch(8, 1)).isEqualTo(Verdict.TAKE);
        assertThat(link.missed()).isFalse();
    }

    @Test
    void shouldRefuseWhatComesFromBeforeAnOwnerThatItHasHeardOf() {
        batch(7, 1);
        link.onOwner("other", 9);

        assertThat(batch(7, 2)).isEqualTo(Verdict.STALE_EPOCH);
        assertThat(link.owner()).isEqualTo("other");
    }

    @Test
    void shouldDropABatchThatTookMuchLongerThanTheQuickest() {
        long skew = TimeUnit.HOURS.toMicros(1);
        assertThat(late(7, 1, skew)).isEqualTo(Verdict.TAKE);
        assertThat(late(7, 2, skew + Link.MOST_AGE_MICROS)).isEqualTo(Verdict.TAKE);
        assertThat(late(7, 3, skew + Link.MOST_AGE_MICROS + 1)).isEqualTo(Verdict.TOO_OLD);

        assertThat(link.receipt(now)).isEqualTo(new LinkReceipt("me", "fmp.stock", 7, 3, true));
    }

    @Test
    void shouldForgetTheQuickestAfterAMinute() {
        late(7, 1, 0);
        now += 61 * SECOND;

        assertThat(late(7, 2, Link.MOST_AGE_MICROS + 1)).isEqualTo(Verdict.TAKE);
    }
}
