package io.tickmesh.upstream.fmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.market.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FmpSymbologyTest {
    private final FmpSymbology symbology = new FmpSymbology();

    @ParameterizedTest
    @CsvSource({
        "AAPL,fmp.stock", "SYM00012,fmp.stock", "T0001,fmp.stock", "BRK-B,fmp.stock", "0700.HK,fmp.stock",
        "^GSPC,fmp.stock", "GBTC,fmp.stock", "USD,fmp.stock", "USDT,fmp.stock", "ABUSD,fmp.stock",
        "BTC-USD,fmp.stock", "BTCUSD,fmp.crypto", "ETHUSDT,fmp.crypto", "1INCHUSD,fmp.crypto", "ETHBTC,fmp.crypto",
        "DOGEUSDC,fmp.crypto", "BTCEUR,fmp.crypto", "EURUSD,fmp.forex", "XAUUSD,fmp.forex", "USDKRW,fmp.forex",
        "GBPJPY,fmp.forex", "FDUSD,fmp.stock"
    })
    void shouldKnowThePoolOfASymbol(String symbol, String pool) {
        assertThat(symbology.poolOf(symbol)).isEqualTo(pool);
    }

    @Test
    void shouldWriteSymbolsInUpperCase() {
        assertThat(symbology.canonical("brk-b")).isEqualTo("BRK-B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void shouldRefuseABlankSymbol(String symbol) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> symbology.canonical(symbol))
                .withMessage("symbol is blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {" aapl", "aa pl", "aapl\n", "aapl/x", "삼성", "ıbm", "a:b", "a@b"})
    void shouldRefuseASymbolWithAnOddCharacter(String symbol) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> symbology.canonical(symbol))
                .withMessageStartingWith("symbol has a character that is not allowed: '")
                .withMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trade/fmp:AAPL", "quote/fmp:AAPL"})
    void shouldOfferTradesAndQuotes(String topic) {
        symbology.requireOffered(Topic.parse(topic));
    }

    @ParameterizedTest
    @CsvSource({
        "book/fmp:AAPL,'fmp offers trade and quote, not book'",
        "trade.5/fmp:AAPL,fmp has no parameter for trade",
        "quote/fmp:AAPL@NXT,fmp has no venues"
    })
    void shouldSayWhyATopicCannotBeHad(String topic, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> symbology.requireOffered(Topic.parse(topic)))
                .withMessage(why + ": '" + topic + "'");
    }
}
