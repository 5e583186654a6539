package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceWalkTest {
    private static final long NOW = 1_827_302_400L;

    private static FmpTicker ticker(String symbol) {
        return Objects.requireNonNull(FmpTicker.of(symbol));
    }

    @Test
    void shouldBeAPureFunctionOfSeedSymbolAndSecond() {
        PriceWalk one = new PriceWalk(5, ticker("aapl"));
        PriceWalk same = new PriceWalk(5, ticker("aapl"));
        PriceWalk other = new PriceWalk(6, ticker("aapl"));
        int differing = 0;
        for (long second = NOW; second < NOW + 1_000; second++) {
            assertThat(one.priceAt(second)).isEqualTo(same.priceAt(second));
            assertThat(one.priceAt(second, second)).isEqualTo(same.priceAt(second, second));
            differing += one.priceAt(second) == other.priceAt(second) ? 0 : 1;
        }
        assertThat(differing).isGreaterThan(900);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aapl", "abc", "btcusd", "shibusd", "eurusd", "usdjpy", "xauusd", "krwusd"})
    void shouldStayNearItsBaseAndNeverJumpAPerCentInASecond(String symbol) {
        FmpTicker ticker = ticker(symbol);
        for (long seed = 0; seed < 5; seed++) {
            PriceWalk walk = new PriceWalk(seed, ticker);
            long last = walk.priceAt(NOW);
            boolean moved = false;
            for (long second = NOW + 1; second < NOW + 20_000; second++) {
                long price = walk.priceAt(second);
                assertThat(price).isBetween(ticker.base() * 94 / 100, ticker.base() * 106 / 100);
                assertThat(Math.abs(price - last) * 100).isLessThanOrEqualTo(last);
                moved |= price != last;
                last = price;
            }
            assertThat(moved).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aapl", "abc", "btcusd", "shibusd", "pepeusdt", "eurusd", "xauusd", "usdkrw"})
    void shouldAlwaysBidBelowTheAskAndTradeBetweenThem(String symbol) {
        Tape tape = new Tape(new PriceWalk(1, ticker(symbol)));
        long interval = 250_000;
        long first = tape.lastEvent(NOW * 1_000_000, interval);
        for (long n = first; n < first + 20_000; n++) {
            Tape.Event event = tape.event(n, interval, 10);
            Tape.Top top = event.top();
            assertThat(top.bid()).isPositive().isLessThan(top.ask());
            assertThat((top.ask() - top.bid()) * 500).isLessThan(top.bid() * 2);
            assertThat(top.bidSize()).isPositive();
            assertThat(top.askSize()).isPositive();
            if (event.type() == Tape.Type.T) {
                assertThat(event.print().price()).isIn(top.bid(), top.ask());
                assertThat(event.print().size()).isPositive();
            }
            assertThat(event.nanos() / 1_000).isEqualTo(tape.timeOf(n, interval));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aapl, STOCK, 2",
        "brk-b, STOCK, 2",
        "^gspc, STOCK, 2",
        "btcusd, CRYPTO, 2",
        "solusdt, CRYPTO, 4",
        "shibusd, CRYPTO, 8",
        "eurusd, FOREX, 5",
        "usdjpy, FOREX, 3",
        "xauusd, FOREX, 2"
    })
    void shouldKnowTheFeedAndTickSizeOfASymbol(String symbol, FmpAsset asset, int scale) {
        FmpTicker ticker = ticker(symbol);
        assertThat(ticker.asset()).isEqualTo(asset);
        assertThat(ticker.scale()).isEqualTo(scale);
    }

    @Test
    void shouldNotKnowWhatIsMalformedOrStartsWithZzz() {
        for (String symbol : List.of("", "AAPL", "zzz", "zzzabc", "a b", "aapl,msft", "*", "a".repeat(20), "é")) {
            assertThat(FmpTicker.of(symbol)).as(symbol).isNull();
        }
    }

    @Test
    void shouldPriceWellKnownSymbolsPlausibly() {
        assertThat(ticker("aapl").base()).isBetween(19_000L, 21_000L);
        assertThat(ticker("btcusd").base()).isBetween(6_900_000L, 7_100_000L);
        assertThat(ticker("eurusd").base()).isBetween(109_000L, 111_000L);
        assertThat(ticker("shibusd").base()).isEqualTo(1_234L);
    }
}
