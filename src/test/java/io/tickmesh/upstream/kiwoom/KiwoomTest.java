package io.tickmesh.upstream.kiwoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.config.Secret;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Registration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KiwoomTest {
    private final Kiwoom kiwoom = new Kiwoom(Set.of());
    private final KiwoomSymbology symbology = new KiwoomSymbology();

    @ParameterizedTest
    @CsvSource({
        "trade/kiwoom:005930,0B|005930,005930",
        "ticker/kiwoom:005930@NXT,0B|005930_NX,005930@NXT",
        "quote/kiwoom:005930@AL,0C|005930_AL 0D|005930_AL,005930@AL",
        "book.5/kiwoom:005930,0D|005930,005930",
        "book/kiwoom:0001A0,0D|0001A0,0001A0",
        "expected/kiwoom:005930,0H|005930,005930",
        "status/kiwoom:005930,1h|,005930",
        "status/kiwoom:KRX,0s|,KRX"
    })
    void shouldKnowWhatCarriesATopic(String text, String codes, String key) {
        Topic topic = Topic.parse(text);

        assertThat(kiwoom.registrations(topic).stream().map(Registration::code)).containsExactly(codes.split(" "));
        assertThat(kiwoom.registrations(topic)).allMatch(each -> each.feed().isEmpty());
        assertThat(kiwoom.keyOf(topic)).isEqualTo(key);
    }

    @Test
    void shouldLetOnlyItsOwnFeedCarryPrivateNews() {
        Topic topic = Topic.of(Kind.NOTICE, new Instrument("kiwoom", "kiwoom-1"));

        assertThat(kiwoom.registrations(topic)).containsExactly(new Registration("00,04|", "kiwoom-1"));
        assertThat(kiwoom.hours().closedBecause(topic, 0)).isEmpty();
    }

    @Test
    void shouldKnowTheHoursOfVenues() {
        long early = Captures.NOW / 1_000 - 7_200_000;
        assertThat(kiwoom.hours().closedBecause(Topic.parse("trade/kiwoom:005930"), early))
                .isNotEmpty();
        assertThat(kiwoom.hours().closedBecause(Topic.parse("trade/kiwoom:005930@NXT"), early))
                .isEmpty();
        assertThat(kiwoom.hours().closedBecause(Topic.parse("trade/kiwoom:005930@AL"), early))
                .isEmpty();
    }

    @Test
    void shouldNeedBothCredentials() {
        Secret secret = new Secret("made-up");
        assertThat(kiwoom.configured(Map.of("app_key", secret))).isFalse();
        assertThat(kiwoom.configured(Map.of("app_key", secret, "app_secret", secret)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"005930,005930", "0001a0,0001A0", "krx,KRX"})
    void shouldWriteSymbolsInOneWay(String symbol, String canonical) {
        assertThat(symbology.canonical(symbol)).isEqualTo(canonical);
        assertThat(symbology.poolOf(canonical)).isEqualTo("kiwoom");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5930",
                "0059300",
                "A005930",
                "AAPL",
                "SAMSNG",
                "005930_NX",
                "005930 ",
                "00593é",
                "KRX:005930"
            })
    void shouldRefuseWhatIsNoSymbol(String symbol) {
        assertThatIllegalArgumentException().isThrownBy(() -> symbology.canonical(symbol));
    }

    @ParameterizedTest
    @CsvSource({
        "candle.1m/kiwoom:005930,'kiwoom offers trade, quote, book, ticker, expected and status, not candle'",
        "trade/kiwoom:KRX,'kiwoom offers status of KRX, not trade'",
        "trade/kiwoom:005930@UN,kiwoom has the venues NXT and AL beside KRX",
        "status/kiwoom:005930@NXT,kiwoom has no venues for status",
        "trade.5/kiwoom:005930,kiwoom has no parameter for trade",
        "book.5.10000/kiwoom:005930,kiwoom does not group books by a level",
        "book.11/kiwoom:005930,kiwoom has books of 1 to 10 levels",
        "book.01/kiwoom:005930,kiwoom has books of 1 to 10 levels"
    })
    void shouldSayWhyATopicCannotBeHad(String topic, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kiwoom.registrations(Topic.parse(topic)))
                .withMessage(why + ": '" + topic + "'");
    }
}
