package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.StoreResult;
import io.tickmesh.bus.StoreWrite;
import io.tickmesh.bus.StoreWrite.Line;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.History;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Metrics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShelfTest {
    private static final long EPOCH = 9;

    private final Shelf shelf = Shelf.empty();
    private PoolTopics topics = begin(EPOCH);

    private PoolTopics begin(long epoch) {
        return new PoolTopics(
                epoch, 1 << 20, new PoolMeters(new Metrics(new SimpleMeterRegistry()), "p" + epoch), shelf);
    }

    private static Topic topic(String symbol) {
        return Topic.parse("trade/fmp:" + symbol);
    }

    private TopicLine line(String symbol) {
        return topics.book.line(topic(symbol), symbol, List.of());
    }

    private void tell(String symbol, int price) {
        Reading reading = new Reading();
        reading.clear();
        reading.set(Field.PRICE, price, 0);
        assertThat(line(symbol).tell(reading, EPOCH, 1_000)).isTrue();
    }

    private StoreWrite take() {
        return shelf.take("p");
    }

    private static List<Long> history(Line line) {
        return line.history().stream().map(Tick::seq).toList();
    }

    private static Tick stored(String symbol, long epoch, long seq) {
        return new Trade(topic(symbol), epoch, seq, 5, 5, Decimal.parse("1"), null, null, null, null);
    }

    @Test
    void shouldWriteTheNewestOfATopicAndAllOfItsHistory() {
        tell("A", 1);
        tell("A", 2);
        tell("B", 1);

        List<Line> lines = take().lines();

        assertThat(lines).extracting(line -> line.newest().seq()).containsExactly(2L, 1L);
        assertThat(history(lines.get(0))).containsExactly(1L, 2L);
        assertThat(take().lines()).isEmpty();
    }

    @Test
    void shouldGoOnWhereItStopped() {
        tell("A", 1);
        take();
        tell("A", 2);
        shelf.onResult(StoreResult.WRITTEN);

        assertThat(history(take().lines().get(0))).containsExactly(2L);
    }

    @Test
    void shouldTellAgainWhatWasPerhapsNotWritten() {
        tell("A", 1);
        take();
        shelf.onResult(StoreResult.FAILED);
        tell("A", 2);

        List<Line> lines = take().lines();
        assertThat(lines).hasSize(1);
        assertThat(history(lines.get(0))).containsExactly(1L, 2L);
    }

    @Test
    void shouldTellEverythingAgainToAStoreThatHasForgotten() {
        shelf.remember(List.of(stored("C", 3, 7), stored("D", 3, 8)));
        assertThat(line("C").isRecalled()).isTrue();
        tell("A", 1);
        tell("B", 1);
        take();
        shelf.onResult(StoreResult.WRITTEN);
        tell("B", 2);
        take();
        shelf.onResult(StoreResult.FORGOTTEN);

        List<Line> lines = take().lines();

        assertThat(lines)
                .extracting(line -> line.newest().topic())
                .containsExactlyInAnyOrder(topic("A"), topic("C"), topic("D"));
        assertThat(lines).extracting(Line::newest).contains(stored("C", 3, 7), stored("D", 3, 8));
    }

    @Test
    void shouldBeginWithWhatAnEarlierOwnerToldLast() {
        shelf.remember(List.of(stored("A", 3, 7), stored("B", EPOCH, 7)));

        assertThat(line("A").answer(EPOCH, null))
                .extracting("epoch", "seq", "newest")
                .containsExactly(3L, 7L, stored("A", 3, 7));
        assertThat(line("B").hasData()).isFalse();

        tell("A", 2);
        assertThat(line("A").answer(EPOCH, null)).extracting("epoch", "seq").containsExactly(EPOCH, 1L);
        assertThat(history(take().lines().get(0))).containsExactly(1L);
    }

    @Test
    void shouldStayBoundedAndCountWhatFellOut() {
        tell("A", 0);
        take();
        shelf.onResult(StoreResult.WRITTEN);
        IntStream.range(0, History.RING + 10).forEach(price -> tell("A", price));
        for (int i = 0; i < Shelf.MOST_LINES + 5; i++) {
            tell("S" + i, 1);
        }

        List<Line> lines = take().lines();

        assertThat(lines).hasSize(Shelf.MOST_LINES);
        assertThat(lines.get(0).history()).hasSize(History.RING);
        assertThat(shelf.takeSkipped()).isEqualTo(10);
        assertThat(shelf.takeSkipped()).isZero();
        assertThat(shelf.waiting()).isEqualTo(6);
    }

    @Test
    void shouldForgetTheEpochBefore() {
        tell("A", 1);
        take();
        tell("B", 1);
        topics = begin(EPOCH + 1);
        shelf.onResult(StoreResult.FAILED);

        assertThat(take()).isEqualTo(new StoreWrite("p", EPOCH + 1, List.of()));
    }

    @Test
    void shouldKeepNoPrivateNews() {
        TopicLine notices = topics.book.line(Topic.parse("notice/kis-1"), "notice/kis-1", List.of());

        shelf.onTick(notices);

        assertThat(shelf.waiting()).isZero();
    }
}
