package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Decimal;
import io.tickmesh.market.History;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Count;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of data frames: read by the real protocol, seen as events. */
class TopicLineTest {
    private final EngineBench bench = new EngineBench(Setups.setup(10));

    @BeforeEach
    void stream() {
        bench.streaming();
        bench.interest("n2", 1, "trade/fmp:BTCUSD", "quote/fmp:BTCUSD");
        bench.pass(100 * MILLI);
        bench.acknowledge();
        bench.told("n2");
    }

    private void trade(String time, String exchange, double price) {
        bench.frame("{'s':'btcusd','t':" + time + ",'e':'" + exchange + "','type':'T','lp':" + price + ",'ls':1}");
    }

    @Test
    void shouldKeepTheDigitsTheTimesAndTheExchange() {
        bench.frame("{'s':'btcusd','t':18273024001230000000,'e':'binance','type':'T','lp':70100.10,'ls':0.00001234}");

        Trade trade = bench.told("n2", Trade.class).get(0);
        assertThat(trade.price()).isEqualTo(Decimal.parse("70100.10"));
        assertThat(trade.size()).isEqualTo(Decimal.parse("0.00001234"));
        assertThat(trade.providerTime()).isEqualTo(1_827_302_400_123_000L);
        assertThat(trade.receivedAt()).isEqualTo(bench.wallMillis() * 1000);
        assertThat(trade.exchange()).isEqualTo("binance");
        assertThat(trade.broken()).isNull();
        assertThat(bench.count(Count.UPSTREAM_TICKS)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheSideThatAQuoteLeavesOut() {
        bench.frame("{'s':'btcusd','type':'Q','ap':11,'as':1,'bp':10,'bs':2}");
        bench.frame("{'s':'btcusd','type':'Q','ap':12,'as':3}");
        bench.frame("{'s':'btcusd','type':'Q','ap':null,'as':null,'bp':9,'bs':4}");
        bench.frame("{'s':'btcusd','type':'Q','ap':12}");
        bench.frame("{'s':'btcusd','type':'Q','ap':13}");

        assertThat(bench.told("n2", Quote.class))
                .extracting(quote ->
                        quote.bidPrice() + " " + quote.bidSize() + " " + quote.askPrice() + " " + quote.askSize())
                .containsExactly("10 2 11 1", "10 2 12 3", "9 4 12 3", "9 4 12 3", "9 4 13 null");
    }

    @Test
    void shouldRepeatTheLastTradeWhenOneIsBroken() {
        trade("1827302400123", "binance", 100);
        trade("1827302400124", "binance", 101);
        bench.frame("{'s':'btcusd','t':1827302400125,'type':'B','lp':100,'ls':7}");

        List<Trade> trades = bench.told("n2", Trade.class);
        Trade broken = trades.get(2);
        assertThat(broken.seq()).isEqualTo(3);
        assertThat(broken.price()).isEqualTo(trades.get(1).price());
        assertThat(broken.broken()).isEqualTo(new Trade.Broken(Decimal.of(100), Decimal.of(7)));
    }

    @Test
    void shouldDropABreakBeforeAnyTrade() {
        bench.frame("{'s':'btcusd','type':'B','lp':100,'ls':7}");

        assertThat(bench.told("n2")).isEmpty();
        assertThat(bench.count(Count.UPSTREAM_ORPHAN_BREAKS)).isEqualTo(1);
    }

    @Test
    void shouldDropWhatIsOlderThanWhatTheSameExchangeShowed() {
        trade("1827302400200", "binance", 1);
        trade("1827302400100", "coinbase", 2);
        trade("1827302400199", "binance", 3);
        trade("1827302400200", "binance", 4);
        trade("1827302400099", "coinbase", 5);

        List<Trade> trades = bench.told("n2", Trade.class);
        assertThat(trades).extracting(trade -> trade.price().toString()).containsExactly("1.0", "2.0", "4.0");
        assertThat(trades).extracting(Tick::seq).containsExactly(1L, 2L, 3L);
        assertThat(bench.count(Count.UPSTREAM_LATE)).isEqualTo(2);
    }

    @Test
    void shouldNeverDropWhatCarriesNoUsableTime() {
        trade("1827302400200", "binance", 1);
        trade("1", "binance", 2);
        trade("1827302400200", "binance", 3);

        List<Trade> trades = bench.told("n2", Trade.class);
        assertThat(trades).hasSize(3);
        assertThat(trades.get(1).providerTime()).isEqualTo(trades.get(1).receivedAt());
        assertThat(bench.count(Count.UPSTREAM_RESTAMPED)).isEqualTo(1);
    }

    @Test
    void shouldNotBeShutOutByOneTimeFarAhead() {
        trade("1827309999000", "binance", 1);
        bench.pass(5_000 * MILLI);
        trade("1827302405500", "binance", 2);

        assertThat(bench.told("n2", Trade.class)).hasSize(2);
    }

    @Test
    void shouldPassOnAFrameThatComesTwice() {
        trade("1827302400200", "binance", 1);
        trade("1827302400200", "binance", 1);

        assertThat(bench.told("n2", Trade.class)).hasSize(2);
    }

    @Test
    void shouldNeverRepeatANumberAlthoughReleasedTopicsAreForgotten() {
        TopicBook book = new TopicBook(2, new History(History.RING, 1 << 20), Shelf.none());
        Lane lane = new Lane("n2", new Outbox("p", "n1", 1, bench.meters, () -> {}), false);
        Reading reading = new Reading();
        for (String symbol : List.of("A", "B", "C")) {
            TopicLine line = book.line(Topic.parse("trade/fmp:" + symbol), symbol, List.of(new Registration(symbol)));
            book.onHeld(line);
            line.join(lane);
            for (int i = 0; i < 5; i++) {
                reading.set(Field.PRICE, 1, 0);
                line.tell(reading, 1, 1);
            }
            line.leave(lane);
            book.onReleased(line);
        }

        assertThat(book.find(Topic.parse("trade/fmp:A"))).isNull();
        assertThat(book.ofKey("A")).isNull();
        assertThat(book.find(Topic.parse("trade/fmp:B"))).isNotNull();
        assertThat(book.line(Topic.parse("trade/fmp:A"), "A", List.of(new Registration("A")))
                        .seq())
                .isEqualTo(5);
    }
}
