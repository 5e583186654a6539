package io.tickmesh.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private static final Topic A = Topic.parse("trade/fmp:A");
    private static final Topic B = Topic.parse("trade/fmp:B");

    private static Trade tick(Topic topic, long seq) {
        return new Trade(topic, 1, seq, 0, 0, Decimal.of(seq), null, null, null, null);
    }

    @Test
    void shouldKeepTheLastOfEachTopicUpToTheRing() {
        History history = new History(3, 1 << 20);
        for (long seq = 1; seq <= 5; seq++) {
            history.add(tick(A, seq));
        }
        history.add(tick(B, 1));
        assertThat(history.of(A)).extracting(Tick::seq).containsExactly(3L, 4L, 5L);
        assertThat(history.of(B)).hasSize(1);
        assertThat(history.kept()).isEqualTo(4);
    }

    @Test
    void shouldKeepTradesAndQuotesOnly() {
        History history = new History(3, 1 << 20);
        Topic quotes = Topic.parse("quote/fmp:A");
        Topic candles = Topic.parse("candle.1m/upbit:KRW-BTC");
        Topic notices = Topic.parse("notice/kis-1");
        Decimal one = Decimal.of(1);
        Quote quote = new Quote(quotes, 1, 1, 0, 0, one, null, null, null, null);
        history.add(quote);
        history.add(new Candle(candles, 1, 1, 0, 0, 0, one, one, one, one, null, null));
        history.add(new Notice(notices, 1, 1, 0, 0, "fill", Map.of()));
        assertThat(history.of(quotes)).containsExactly(quote);
        assertThat(history.of(candles)).isEmpty();
        assertThat(history.of(notices)).isEmpty();
        assertThat(history.kept()).isEqualTo(1);
    }

    @Test
    void shouldDropTheOldestOfAllWhenTheBytesAreUsedUp() {
        History history = new History(256, 3 * History.BYTES_PER_TICK);
        history.add(tick(A, 1));
        history.add(tick(B, 1));
        history.add(tick(A, 2));
        history.add(tick(B, 2));
        assertThat(history.of(A)).extracting(Tick::seq).containsExactly(2L);
        assertThat(history.of(B)).extracting(Tick::seq).containsExactly(1L, 2L);
    }

    @Test
    void shouldTellAllThatFollowedAPositionOrNothing() {
        History history = new History(3, 1 << 20);
        for (long seq = 1; seq <= 5; seq++) {
            history.add(tick(A, seq));
        }
        assertThat(history.after(new Position(A, 1, 2))).containsExactly(tick(A, 3), tick(A, 4), tick(A, 5));
        assertThat(history.after(new Position(A, 1, 4))).containsExactly(tick(A, 5));
        assertThat(history.after(new Position(A, 1, 1))).isNull();
        assertThat(history.after(new Position(A, 1, 5))).isNull();
        assertThat(history.after(new Position(A, 0, 2))).isNull();
        assertThat(history.after(new Position(B, 1, 2))).isNull();
    }

    @Test
    void shouldTakeWhatCameBeforeAsFarAsThereIsRoomAndNoHole() {
        History history = new History(4, 5 * History.BYTES_PER_TICK);
        history.addEarlier(List.of(tick(A, 8)));
        assertThat(history.of(A)).isEmpty();
        history.add(tick(B, 1));
        history.add(tick(A, 9));
        history.addEarlier(List.of(tick(A, 6)));
        assertThat(history.of(A)).hasSize(1);
        history.addEarlier(List.of(tick(A, 5), tick(A, 6), tick(A, 7), tick(A, 8)));
        assertThat(history.of(A)).extracting(Tick::seq).containsExactly(6L, 7L, 8L, 9L);
        history.add(tick(B, 2));
        assertThat(history.of(A)).extracting(Tick::seq).containsExactly(7L, 8L, 9L);
        assertThat(history.of(B)).hasSize(2);
        assertThat(history.kept()).isEqualTo(5);
    }

    @Test
    void shouldAgreeWithASimpleModelOverRandomUse() {
        Random random = new Random(5);
        int most = 50;
        History history = new History(8, (long) most * History.BYTES_PER_TICK);
        List<Tick> byAge = new ArrayList<>();
        Map<Topic, Long> seqs = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            Topic topic = Topic.parse("trade/fmp:S" + random.nextInt(12));
            if (random.nextInt(20) == 0) {
                history.clear(topic);
                byAge.removeIf(tick -> tick.topic().equals(topic));
            } else {
                Tick tick = tick(topic, seqs.merge(topic, 1L, Long::sum));
                history.add(tick);
                List<Tick> ofTopic = byAge.stream()
                        .filter(each -> each.topic().equals(topic))
                        .toList();
                if (ofTopic.size() == 8) {
                    byAge.remove(ofTopic.get(0));
                }
                if (byAge.size() == most) {
                    byAge.remove(0);
                }
                byAge.add(tick);
            }
            assertThat(history.of(topic))
                    .isEqualTo(byAge.stream()
                            .filter(each -> each.topic().equals(topic))
                            .toList());
            assertThat(history.kept()).isEqualTo(byAge.size());
        }
    }
}
