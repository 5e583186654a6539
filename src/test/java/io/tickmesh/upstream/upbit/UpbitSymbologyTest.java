package io.tickmesh.upstream.upbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpbitSymbologyTest {
    private final UpbitSymbology symbology = new UpbitSymbology();

    @ParameterizedTest
    @CsvSource({"krw-btc,KRW-BTC", "KRW-BTC,KRW-BTC", "btc-eth,BTC-ETH", "Usdt-1inch,USDT-1INCH"})
    void shouldWriteMarketsInUpperCase(String symbol, String canonical) {
        assertThat(symbology.canonical(symbol)).isEqualTo(canonical);
        assertThat(symbology.poolOf(canonical)).isEqualTo("upbit");
    }

    @ParameterizedTest
    @CsvSource({
        "' ',symbol is blank",
        "KRWBTC,'not a market of upbit, expected one like KRW-BTC: ''KRWBTC'''",
        "KRW-,'not a market of upbit, expected one like KRW-BTC: ''KRW-'''",
        "KRW-BTC.5,'not a market of upbit, expected one like KRW-BTC: ''KRW-BTC.5'''",
        "KRW-BTC-X,'not a market of upbit, expected one like KRW-BTC: ''KRW-BTC-X'''",
        "KRW/BTC,'symbol has a character that is not allowed: ''KRW/BTC'''",
        "btc-krw,'upbit writes the currency that prices first: KRW-BTC, not ''BTC-KRW'''"
    })
    void shouldSayWhyASymbolIsNoMarket(String symbol, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> symbology.canonical(symbol))
                .withMessage(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trade/upbit:KRW-BTC",
                "quote/upbit:KRW-BTC",
                "ticker/upbit:BTC-ETH",
                "book/upbit:KRW-BTC",
                "book.1/upbit:KRW-BTC",
                "book.5/upbit:KRW-BTC",
                "book.15/upbit:KRW-BTC",
                "book.30/upbit:KRW-BTC",
                "book.5.10000/upbit:KRW-BTC",
                "book.30.0.1/upbit:KRW-DOGE",
                "book.1.0.00001/upbit:KRW-SHIB",
                "candle.1s/upbit:KRW-BTC",
                "candle.3m/upbit:KRW-BTC",
                "candle.240m/upbit:KRW-BTC",
                "notice/upbit"
            })
    void shouldOfferWhatUpbitSends(String text) {
        Topic topic = Topic.parse(text);

        symbology.requireOffered(topic);
        assertThat(symbology.kindsOf(topic.instrument().symbol())).contains(topic.kind());
    }

    @Test
    void shouldOfferNoNoticeOfAMarket() {
        assertThat(symbology.kindsOf("KRW-BTC")).doesNotContain(Kind.NOTICE);
        assertThat(symbology.kindsOf("upbit-1")).containsExactly(Kind.NOTICE);
    }

    @ParameterizedTest
    @CsvSource({
        "expected/upbit:KRW-BTC,'upbit offers trade, quote, book, ticker, candle and notice, not expected'",
        "book.3/upbit:KRW-BTC,'upbit has books of 1, 5, 15 and 30 levels, not 3'",
        "book.10/upbit:KRW-BTC,'upbit has books of 1, 5, 15 and 30 levels, not 10'",
        "book.3.10000/upbit:KRW-BTC,'upbit has books of 1, 5, 15 and 30 levels, not 3'",
        "book.5.10000/upbit:BTC-ETH,upbit groups books by a level in markets of KRW only",
        "book.5.10000/upbit:USDT-BTC,upbit groups books by a level in markets of KRW only",
        "book.5.0/upbit:KRW-BTC,'a level of 0 groups nothing, write ''book.5/upbit:KRW-BTC'''",
        "book.5.0.00/upbit:KRW-BTC,'a level of 0 groups nothing, write ''book.5/upbit:KRW-BTC'''",
        "book.5.010000/upbit:KRW-BTC,'a level has one form, write ''book.5.10000/upbit:KRW-BTC'''",
        "book.5.10000.0/upbit:KRW-BTC,'a level has one form, write ''book.5.10000/upbit:KRW-BTC'''",
        "book.5.0.10/upbit:KRW-BTC,'a level has one form, write ''book.5.0.1/upbit:KRW-BTC'''",
        "book.5.1e4/upbit:KRW-BTC,'the level of a book must be a number like 10000 or 0.1, not 1e4'",
        "book.5.0.1.2/upbit:KRW-BTC,'the level of a book must be a number like 10000 or 0.1, not 0.1.2'",
        "quote.1.10000/upbit:KRW-BTC,upbit has no parameter for quote",
        "candle.1m.1/upbit:KRW-BTC,'upbit has candles of 1s, 1m, 3m, 5m, 10m, 15m, 30m, 60m, 240m'",
        "candle/upbit:KRW-BTC,'upbit has candles of 1s, 1m, 3m, 5m, 10m, 15m, 30m, 60m, 240m'",
        "candle.2m/upbit:KRW-BTC,'upbit has candles of 1s, 1m, 3m, 5m, 10m, 15m, 30m, 60m, 240m'",
        "trade.5/upbit:KRW-BTC,upbit has no parameter for trade",
        "trade/upbit:KRWBTC,not a market of upbit",
        "quote/upbit:KRW-BTC@NXT,upbit has no venues"
    })
    void shouldSayWhyATopicCannotBeHad(String topic, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> symbology.requireOffered(Topic.parse(topic)))
                .withMessage(why + ": '" + topic + "'");
    }
}
