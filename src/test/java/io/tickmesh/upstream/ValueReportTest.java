package io.tickmesh.upstream;

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

final class ValueReportTest {
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
        Trade.Broken broken = new Trade.Broken(n("8"), n("1"));
        return Stream.of(
                Arguments.of(
                        new Trade(of("trade/kis:1"), 1, 2, 3, 4, n("7.10"), n("2"), Side.SELL, "KRX", broken),
                        "{'time':3,'received':4,'price':7.10,'size':2,'side':'sell','exchange':'KRX',"
                                + "'broken':{'price':8,'size':1}}"),
                Arguments.of(
                        new Quote(of("quote/kis:1"), 1, 2, 3, 4, n("1"), null, n("1.10"), n("2"), null),
                        "{'time':3,'received':4,'bid_price':1,'ask_price':1.10,'ask_size':2}"),
                Arguments.of(
                        new Book(
                                of("book/kis:1"),
                                1,
                                2,
                                3,
                                4,
                                List.of(new Level(n("2"), n("3.0")), new Level(n("4"), n("5"))),
                                List.of(),
                                n("8"),
                                null),
                        "{'time':3,'received':4,'asks':[[2,3.0],[4,5]],'bids':[],'ask_total':8}"));
    }

    private static Stream<Arguments> summaries() {
        DaySummary day = new DaySummary(
                n("5"), n("-1"), n("-16.67"), n("6.0"), n("7"), n("4"), n("6"), n("10"), n("60"), n("11"), n("66"));
        return Stream.of(
                Arguments.of(
                        new Ticker(of("ticker/kis:1"), 1, 2, 3, 4, day),
                        "{'time':3,'received':4,'price':5,'change':-1,'change_rate':-16.67,'open':6.0,'high':7,'low':4,"
                                + "'previous_close':6,'volume':10,'amount':60,'volume_24h':11,'amount_24h':66}"),
                Arguments.of(
                        new Candle(
                                of("candle.1m/kis:1"), 1, 2, 3, 4, 60, n("1"), n("4"), n("0.5"), n("3"), n("5"), null),
                        "{'time':3,'received':4,'start':60,'open':1,'high':4,'low':0.5,'close':3,'volume':5}"),
                Arguments.of(
                        new Expected(of("expected/kis:1"), 1, 2, 3, 4, n("7"), n("5"), n("1"), n("0.14")),
                        "{'time':3,'received':4,'price':7,'size':5,'change':1,'change_rate':0.14}"),
                Arguments.of(
                        new MarketStatus(of("status/kis:1"), 1, 2, 3, 4, Map.of("TRHT_YN", "N")),
                        "{'time':3,'received':4,'fields':{'TRHT_YN':'N'}}"),
                Arguments.of(
                        new Notice(of("notice/kis-1"), 1, 2, 3, 4, "fill", Map.of("account", "12345678")),
                        "{'private':true}"));
    }

    @ParameterizedTest
    @MethodSource("ticks")
    void shouldShowTheValueOfATickButNothingPrivate(Tick tick, String json) {
        assertThat(ValueReport.of(tick).encode()).isEqualTo(json.replace('\'', '"'));
    }

    @Test
    void shouldShowEveryKindThereIs() {
        assertThat(ticks().map(each -> ((Tick) each.get()[0]).topic().kind()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Kind.values());
    }
}
