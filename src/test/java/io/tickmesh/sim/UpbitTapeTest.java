package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class UpbitTapeTest {
    private static final long MIDNIGHT = UpbitBench.START - Math.floorMod(UpbitBench.START, UpbitTape.DAY_MS);

    private final UpbitMarkets markets = new UpbitMarkets(0);
    private final UpbitTape tape = tape("KRW-BTC");

    private UpbitTape tape(String code) {
        return new UpbitTape(Objects.requireNonNull(markets.find(code)), 1, 4);
    }

    private List<UpbitTape.Event> events(long from, int count) {
        List<UpbitTape.Event> events = new ArrayList<>();
        long first = tape.lastEvent(from) + 1;
        for (int i = 0; i < count; i++) {
            events.add(tape.event(first + i, 0));
        }
        return events;
    }

    @Test
    void shouldSumUpWhatWasTraded() {
        UpbitTape.Event before = null;
        for (UpbitTape.Event each : events(UpbitBench.START, 2_000)) {
            assertThat(each.volume()).isPositive();
            assertThat(each.time()).isGreaterThanOrEqualTo(each.tradedAt());
            assertThat(each.bestBid()).isLessThan(each.bestAsk());
            assertThat(each.price()).isEqualTo(each.buyer() ? each.bestAsk() : each.bestBid());
            assertThat(each.volume24h()).isGreaterThan(each.volumeToday());
            if (before != null) {
                assertThat(each.volumeToday() - before.volumeToday()).isEqualTo(each.volume());
                assertThat(each.boughtToday() - before.boughtToday()).isEqualTo(each.buyer() ? each.volume() : 0);
                assertThat(each.soldToday() - before.soldToday()).isEqualTo(each.buyer() ? 0 : each.volume());
            }
            before = each;
        }
    }

    @Test
    void shouldTradeDustNowAndThen() {
        assertThat(events(UpbitBench.START, 2_000)).anyMatch(each -> each.volume() == 1);
    }

    @Test
    void shouldBeginAnewAtMidnight() {
        List<UpbitTape.Event> around = events(MIDNIGHT - 1_000, 8);

        assertThat(around).extracting(UpbitTape.Event::ordinal).containsSubsequence(345_599L, 0L);
        assertThat(around.get(3).volumeToday())
                .isGreaterThan(1_000 * around.get(3).volume());
        UpbitTape.Event first =
                around.stream().filter(each -> each.ordinal() == 0).findFirst().orElseThrow();
        assertThat(first.volumeToday()).isEqualTo(first.volume());
        assertThat(first.tradedAt()).isGreaterThanOrEqualTo(MIDNIGHT);
        assertThat(first.volume24h()).isCloseTo(around.get(3).volume24h(), Percentage.withPercentage(1));
    }

    @Test
    void shouldNumberTradesUniquelyButNotAlwaysInOrder() {
        List<Long> ids = events(UpbitBench.START, 2_000).stream()
                .map(UpbitTape.Event::id)
                .toList();

        assertThat(ids)
                .doesNotHaveDuplicates()
                .allMatch(each -> Long.toString(each).matches("\\d{16,17}"));
        assertThat(ids).isNotEqualTo(ids.stream().sorted().toList());
    }

    @Test
    void shouldBeTheSameInEveryProcessAndDifferInEveryMarket() {
        assertThat(tape("KRW-BTC").event(7_000_000_000L, 0)).isEqualTo(tape.event(7_000_000_000L, 0));
        assertThat(tape("KRW-ETH").event(7_000_000_000L, 0)).isNotEqualTo(tape.event(7_000_000_000L, 0));
    }

    @Test
    void shouldKeepBooksInOrderAtEveryLevel() {
        for (UpbitTape.Event event : events(UpbitBench.START, 200)) {
            for (long step : new long[] {0, 10, 1_000}) {
                UpbitBook book = UpbitBook.of(tape, event, step, 0);
                assertThat(book.bids().prices[0]).isLessThan(book.asks().prices[0]);
                for (int i = 1; i < UpbitBook.DEPTH; i++) {
                    assertThat(book.asks().prices[i]).isGreaterThan(book.asks().prices[i - 1]);
                    assertThat(book.bids().prices[i])
                            .isLessThan(book.bids().prices[i - 1])
                            .isPositive();
                    assertThat(book.bids().sizes[i]).isPositive();
                }
                if (step > 0) {
                    assertThat(book.asks().prices[3] % step).isZero();
                    assertThat(book.bids().prices[3] % step).isZero();
                }
            }
        }
    }

    @Test
    void shouldThinOutABookWhereToldTo() {
        UpbitBook book = UpbitBook.of(tape, tape.event(7_000_000_000L, 0), 0, 1);

        assertThat(book.asks().prices[25]).isPositive();
        assertThat(book.asks().prices[26]).isZero();
        assertThat(book.asks().sizes[26]).isZero();
        assertThat(book.bids().prices[29]).isPositive();
    }

    @Test
    void shouldKeepEveryMarketWithinItsMeans() {
        for (UpbitMarket market : new UpbitMarkets(500).all()) {
            UpbitBoard board = new UpbitBoard(new UpbitTape(market, 1, 4));
            UpbitTape.Event event = board.newest(UpbitBench.START);
            assertThat(event.price()).isPositive();
            assertThat(event.volume24h()).isPositive();
            assertThat(board.day().lowest()).isLessThanOrEqualTo(event.price());
            assertThat(board.day().highest()).isGreaterThanOrEqualTo(event.price());
            assertThat(market.levels()).hasSize(market.quote().equals("KRW") ? 5 : 1);
        }
    }
}
