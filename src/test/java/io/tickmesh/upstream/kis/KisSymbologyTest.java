package io.tickmesh.upstream.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.market.Instrument;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KisSymbologyTest {
    private final KisSymbology symbology = new KisSymbology();

    @ParameterizedTest
    @CsvSource({
        "005930,005930", "0001a0,0001A0", "Q530036,Q530036", "q530036,Q530036", "NAS.AAPL,NAS.AAPL",
        "nas.brk-b,NAS.BRK-B", "DNASAAPL,NAS.AAPL", "DNYSGE,NYS.GE", "RBAQAAPL,BAQ.AAPL", "DHKS00700,HKS.00700",
        "TSE.7203,TSE.7203"
    })
    void shouldWriteASymbolInOneWay(String symbol, String canonical) {
        assertThat(symbology.canonical(symbol)).isEqualTo(canonical);
        assertThat(symbology.canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5930",
                "0059300",
                "AAPL",
                "GOOGLE",
                "XXX.AAPL",
                "NAS.",
                "NAS..A",
                "NAS",
                "DNAS",
                "RNASAAPL",
                "RHKS00700",
                "005930.KS",
                "NAS.ABCDEFGHIJKLMNOPQ"
            })
    void shouldRefuseWhatIsNoSymbol(String symbol) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> symbology.canonical(symbol))
                .withMessage("not a symbol of kis, expected one like 005930, Q530036 or NAS.AAPL: '" + symbol + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void shouldRefuseABlankSymbol(String symbol) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> symbology.canonical(symbol))
                .withMessage("symbol is blank");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trade/kis:005930", "trade/kis:005930@NXT", "quote/kis:005930@UN", "book/kis:005930",
                "book.1/kis:005930", "book.10/kis:005930@NXT", "ticker/kis:Q530036", "expected/kis:005930@UN",
                "status/kis:005930", "trade/kis:NAS.AAPL", "book.5/kis:NAS.AAPL", "quote/kis:HKS.00700@RT",
                "ticker/kis:BAQ.AAPL"
            })
    void shouldOfferWhatKisHas(String topic) {
        symbology.requireOffered(Topic.parse(topic));
    }

    @ParameterizedTest
    @CsvSource({
        "candle.1m/kis:005930,'kis offers trade, quote, book, ticker, expected and status, not candle'",
        "expected/kis:NAS.AAPL,'kis offers trade, quote, book and ticker of overseas symbols, not expected'",
        "trade.5/kis:005930,kis has no parameter for trade",
        "book.5.10000/kis:005930,kis does not group books by a level",
        "book.0/kis:005930,kis has books of 1 to 10 levels",
        "book.05/kis:005930,kis has books of 1 to 10 levels",
        "book.11/kis:005930,kis has books of 1 to 10 levels",
        "trade/kis:005930@KRX,kis has the venues NXT and UN beside KRX",
        "trade/kis:NAS.AAPL@NXT,kis has no venues for American markets",
        "trade/kis:BAQ.AAPL@RT,kis has no venues for American markets",
        "trade/kis:HKS.00700@NXT,kis has the venue RT for Asian markets"
    })
    void shouldSayWhyATopicCannotBeHad(String topic, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> symbology.requireOffered(Topic.parse(topic)))
                .withMessage(why + ": '" + topic + "'");
    }

    @Test
    void shouldOfferTheNoticesOfAFeed() {
        symbology.requireOffered(Topic.of(Kind.NOTICE, new Instrument("kis", "kis-1")));
    }

    @Test
    void shouldServeEverythingFromOnePool() {
        assertThat(symbology.poolOf("005930")).isEqualTo("kis");
        assertThat(symbology.poolOf("NAS.AAPL")).isEqualTo("kis");
    }
}
