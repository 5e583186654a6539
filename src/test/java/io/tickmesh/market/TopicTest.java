package io.tickmesh.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "trade/fmp:AAPL",
                "quote/fmp:BRK.B",
                "book.5/upbit:KRW-BTC",
                "candle.1m/upbit:KRW-BTC",
                "trade/kis:005930@NXT",
                "ticker/fmp:^GSPC"
            })
    void shouldReadBackItsTextForm(String text) {
        Topic topic = Topic.parse(text);
        assertThat(topic).hasToString(text).isEqualTo(Topic.parse(text)).hasSameHashCodeAs(Topic.parse(text));
    }

    @Test
    void shouldTellItsParts() {
        Topic topic = Topic.parse("candle.1m/kis:005930@NXT");
        assertThat(topic.kind()).isEqualTo(Kind.CANDLE);
        assertThat(topic.param()).isEqualTo("1m");
        assertThat(topic.instrument()).isEqualTo(new Instrument("kis", "005930"));
        assertThat(topic.venue()).isEqualTo("NXT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AAPL                    | not a topic
            trade/fmp               | not a topic
            trade.fmp:AAPL          | not a topic
            traed/fmp:AAPL          | unknown kind 'traed'
            /fmp:AAPL               | unknown kind ''
            trade./fmp:AAPL         | empty param
            trade/fmp:AAPL@         | empty param or venue
            trade/:AAPL             | provider is empty
            trade/fmp:              | symbol is empty
            trade/fmp:A B           | symbol has a character that is not allowed
            trade/fmp:AAPL/x        | symbol has a character that is not allowed
            trade.a-b/fmp:AAPL      | not a param
            trade/fmp:AAPL@N Y      | not a venue
            """)
    void shouldSayWhatIsWrongWithAText(String text, String complaint) {
        assertThatThrownBy(() -> Topic.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldNotRepeatControlCharactersOrEndlessTextInItsComplaint() {
        String hostile = "trade/fmp:A\u0000\n\u2028" + "B".repeat(100_000);
        assertThatThrownBy(() -> Topic.parse(hostile)).satisfies(thrown -> {
            assertThat(thrown.getMessage()).hasSizeLessThan(200);
            assertThat(thrown.getMessage()).doesNotContain("\u0000").doesNotContain("\n");
        });
    }
}
