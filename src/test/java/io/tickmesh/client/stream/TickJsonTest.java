package io.tickmesh.client.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Book;
import io.tickmesh.market.Candle;
import io.tickmesh.market.DaySummary;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Expected;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Level;
import io.tickmesh.market.MarketStatus;
import io.tickmesh.market.Notice;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Side;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Ticker;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TickJsonTest {
    private static Topic of(String text) {
        return Topic.parse(text);
    }

    private static Decimal n(String digits) {
        return Decimal.parse(digits);
    }

    private static Stream<Arguments> ticks() {
        return Stream.concat(prices(), summaries());
    }

    private static Stream<Arguments> prices() {
        Topic trades = of("trade/kis:005930");
        Topic quotes = of("quote/fmp:AAPL");
        Topic books = of("book.2/upbit:KRW-BTC");
        Level ask = new Level(n("98800000"), n("0.50"));
        Level bid = new Level(n("98700000.0"), n("1.00000001"));
        return Stream.of(
                Arguments.of(
                        new Trade(trades, 1, 2, 3, 4, n("70000"), n("10"), Side.BUY, "KRX", null),
                        "\"price\":70000,\"size\":10,\"side\":\"buy\",\"exchange\":\"KRX\""),
                Arguments.of(
                        new Trade(
                                trades, 1, 2, 3, 4, n("7.10"), null, Side.SELL, null, new Trade.Broken(n("8"), n("1"))),
                        "\"price\":7.10,\"side\":\"sell\",\"broken\":{\"price\":8,\"size\":1}"),
                Arguments.of(new Trade(trades, 1, 2, 3, 4, n("7.10"), null, null, null, null), "\"price\":7.10"),
                Arguments.of(
                        new Quote(quotes, 1, 2, 3, 4, n("1.0"), n("2"), n("1.1"), null, null),
                        "\"bid_price\":1.0,\"bid_size\":2,\"ask_price\":1.1"),
                Arguments.of(
                        new Book(books, 1, 2, 3, 4, List.of(ask, bid), List.of(bid), n("9.5"), n("8")),
                        "\"asks\":[[98800000,0.50],[98700000.0,1.00000001]],\"bids\":[[98700000.0,1.00000001]],"
                                + "\"ask_total\":9.5,\"bid_total\":8"),
                Arguments.of(new Book(books, 1, 2, 3, 4, List.of(), List.of(), null, null), "\"asks\":[],\"bids\":[]"));
    }

    private static Stream<Arguments> summaries() {
        Topic tickers = of("ticker/upbit:KRW-BTC");
        Topic candles = of("candle.1m/upbit:KRW-BTC");
        Topic auctions = of("expected/kis:005930");
        DaySummary bare = new DaySummary(n("98765000"), null, null, null, null, null, null, null, null, null, null);
        DaySummary full = new DaySummary(
                n("5"), n("-1"), n("-16.67"), n("6.0"), n("7"), n("4"), n("6"), n("10"), n("60"), n("11"), n("66"));
        Map<String, String> hostile = Map.of("거래\"", "a\\\n\uD800}");
        return Stream.of(
                Arguments.of(new Ticker(tickers, 1, 2, 3, 4, bare), "\"price\":98765000"),
                Arguments.of(
                        new Ticker(tickers, 1, 2, 3, 4, full),
                        "\"price\":5,\"change\":-1,\"change_rate\":-16.67,\"open\":6.0,\"high\":7,\"low\":4,"
                                + "\"previous_close\":6,\"volume\":10,\"amount\":60,\"volume_24h\":11,\"amount_24h\":66"),
                Arguments.of(
                        new Candle(candles, 1, 2, 3, 4, 60, n("1"), n("4"), n("0.5"), n("3"), n("5.0"), n("6")),
                        "\"start\":60,\"open\":1,\"high\":4,\"low\":0.5,\"close\":3,\"volume\":5.0,\"amount\":6"),
                Arguments.of(
                        new Expected(auctions, 1, 2, 3, 4, n("70100"), n("5"), n("100"), n("0.14")),
                        "\"price\":70100,\"size\":5,\"change\":100,\"change_rate\":0.14"),
                Arguments.of(
                        new MarketStatus(of("status/kis:005930"), 1, 2, 3, 4, Map.of("TRHT_YN", "N")),
                        "\"fields\":{\"TRHT_YN\":\"N\"}"),
                Arguments.of(
                        new Notice(of("notice/kis-1"), 1, 2, 3, 4, "order", hostile),
                        "\"event\":\"order\",\"fields\":{\"거래\\\"\":\"a\\\\\\u000a\\ud800}\"}"),
                Arguments.of(new Notice(of("notice/upbit"), 1, 2, 3, 4, "", Map.of()), "\"event\":\"\",\"fields\":{}"));
    }

    @ParameterizedTest
    @MethodSource("ticks")
    void shouldTellTheValueOfATick(Tick tick, String members) {
        StringBuilder out = new StringBuilder("{");
        TickJson.append(out, tick);
        assertThat(out).hasToString("{\"time\":3,\"received\":4," + members);
    }

    @Test
    void shouldTellEveryKindThereIs() {
        assertThat(ticks().map(each -> ((Tick) each.get()[0]).topic().kind()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Kind.values());
    }

    @Test
    void shouldSeparateTheFieldsOfAnObject() {
        StringBuilder out = new StringBuilder("{");
        TickJson.append(out, new MarketStatus(of("status/kis:005930"), 1, 2, 3, 4, Map.of("a", "1", "b", "2")));
        assertThat(out.toString())
                .isIn(
                        "{\"time\":3,\"received\":4,\"fields\":{\"a\":\"1\",\"b\":\"2\"}",
                        "{\"time\":3,\"received\":4,\"fields\":{\"b\":\"2\",\"a\":\"1\"}");
    }
}
