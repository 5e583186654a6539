package io.tickmesh.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.HolderCounts;
import io.tickmesh.bus.InterestUpdate;
import io.tickmesh.bus.InterestUpdate.Entry;
import io.tickmesh.market.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InterestBookTest {
    private static final Topic AAPL = Topic.parse("trade/fmp:AAPL");
    private static final Topic BTC = Topic.parse("trade/fmp:BTCUSD");
    private static final String STOCK = "fmp.stock";
    private static final long LINGER = Duration.ofSeconds(5).toNanos();

    private final InterestBook book =
            new InterestBook(topic -> topic.equals(BTC) ? "fmp.crypto" : STOCK, Duration.ofNanos(LINGER));

    private static HolderCounts counts(int loop, Topic topic, int holders) {
        return new HolderCounts(loop, Map.of(topic, holders), holders == 0 ? Set.of() : Set.of(topic), Map.of());
    }

    @Test
    void shouldTellTheFirstHolderAndNotAskTheCacheForIt() {
        assertThat(book.onHolders(counts(0, AAPL, 1), 0)).isEmpty();
        assertThat(book.changes(STOCK)).containsExactly(new Entry(AAPL, 1, false));
        assertThat(book.changes(STOCK)).isEmpty();
    }

    @Test
    void shouldAskTheCacheWhenAnotherLoopTakesUpAKnownTopic() {
        book.onHolders(counts(0, AAPL, 2), 0);
        assertThat(book.onHolders(counts(1, AAPL, 1), 0)).containsExactly(AAPL);
        assertThat(book.changes(STOCK)).containsExactly(new Entry(AAPL, 3, false));
    }

    @Test
    void shouldNotAskTheCacheForAMereChangeOfTheCount() {
        book.onHolders(counts(0, AAPL, 1), 0);
        assertThat(book.onHolders(new HolderCounts(0, Map.of(AAPL, 2), Set.of(), Map.of()), 0))
                .isEmpty();
    }

    @Test
    void shouldReleaseOnlyAfterTheLingerAndOnlyIfNotTakenUpAgain() {
        book.onHolders(counts(0, AAPL, 1), 0);
        book.changes(STOCK);
        book.onHolders(counts(0, AAPL, 0), 100);
        assertThat(book.release(100 + LINGER - 1)).isEmpty();
        assertThat(book.changes(STOCK)).as("it is still wanted").containsExactly(Entry.lingering(AAPL));

        book.onHolders(counts(0, AAPL, 1), 200);
        assertThat(book.release(1_000 + LINGER)).isEmpty();

        book.onHolders(counts(0, AAPL, 0), 300);
        assertThat(book.release(300 + LINGER)).containsExactly(AAPL);
        assertThat(book.changes(STOCK)).containsExactly(new Entry(AAPL, 0, false));
        assertThat(book.everything(STOCK)).isEmpty();
    }

    @Test
    void shouldReleaseAtOnceWhatWasRefusedAndTellOfRoomBeforeItIsNeeded() {
        book.onHolders(counts(0, AAPL, 1), 0);
        book.changes(STOCK);
        Topic other = Topic.parse("trade/fmp:MSFT");
        book.onHolders(new HolderCounts(0, Map.of(AAPL, 0, other, 1), Set.of(other), Set.of(AAPL), Map.of()), 100);

        assertThat(book.release(100)).containsExactly(AAPL);
        assertThat(book.changes(STOCK)).containsExactly(new Entry(AAPL, 0, false), new Entry(other, 1, false));
    }

    @Test
    void shouldKeepAPinnedTopicWithoutSessions() {
        book.pin(List.of(AAPL));
        book.onHolders(counts(0, AAPL, 1), 0);
        book.onHolders(counts(0, AAPL, 0), 0);
        assertThat(book.release(LINGER + 1)).isEmpty();
        assertThat(book.everything(STOCK)).containsExactly(new Entry(AAPL, 0, true));

        book.unpin(List.of(AAPL), 0);
        assertThat(book.report("fmp").symbols()).isEmpty();
        assertThat(book.release(LINGER)).containsExactly(AAPL);
    }

    @Test
    void shouldTellEachPoolOnlyWhatIsItsOwn() {
        book.onHolders(counts(0, AAPL, 1), 0);
        book.onHolders(counts(0, BTC, 1), 0);
        assertThat(book.poolsToTell()).containsExactlyInAnyOrder(STOCK, "fmp.crypto");
        assertThat(book.everything("fmp.crypto")).containsExactly(new Entry(BTC, 1, false));
        assertThat(book.poolsToTell()).containsExactly(STOCK);
    }

    @Test
    void shouldReportSymbolsOnceAndSessionsOfAllLoops() {
        book.onHolders(new HolderCounts(0, Map.of(AAPL, 1), Set.of(AAPL), Map.of("prices", 2)), 0);
        book.onHolders(new HolderCounts(1, Map.of(Topic.parse("quote/fmp:AAPL"), 1), Set.of(), Map.of("prices", 1)), 0);
        book.pin(List.of(BTC));
        assertThat(book.report("fmp").symbols()).containsExactly("AAPL", "BTCUSD");
        assertThat(book.report("fmp").pinned()).containsExactly("BTCUSD");
        assertThat(book.report("fmp").sessions()).containsEntry("prices", 3);
        assertThat(book.report("kis").symbols()).isEmpty();
        assertThat(book.held()).isEqualTo(3);
    }

    /** Else every digest would make the owner ask for all. */
    @Test
    void shouldHaveTheDigestOfWhatTheOwnerWasTold() {
        Random random = new Random(7);
        Map<Topic, Entry> atOwner = new HashMap<>();
        for (int step = 0; step < 5_000; step++) {
            Topic topic = Topic.parse("trade/fmp:S" + random.nextInt(8));
            switch (random.nextInt(5)) {
                case 0 -> book.pin(List.of(topic));
                case 1 -> book.unpin(List.of(topic), step);
                case 2 -> book.release(step * LINGER / 20);
                default -> book.onHolders(counts(random.nextInt(2), topic, random.nextInt(3)), step * LINGER / 20);
            }
            if (random.nextInt(3) == 0) {
                List<Entry> told = book.changes(STOCK);
                told.forEach(entry -> atOwner.put(entry.topic(), entry));
                atOwner.values().removeIf(entry -> !entry.held());
                assertThat(InterestUpdate.digestOf(book.entries(STOCK)))
                        .isEqualTo(InterestUpdate.digestOf(atOwner.values()));
            }
        }
    }
}
