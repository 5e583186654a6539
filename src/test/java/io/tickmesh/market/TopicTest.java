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
                "book.15.10000/upbit:KRW-BTC",
                "book.30.0.00000001/upbit:KRW-BTC",
                "book.5.0.1/upbit:KRW-BRK.B",
                "candle.1m/upbit:KRW-BTC",
                "trade/kis:005930@NXT",
                "ticker/fmp:^GSPC",
                "expected/kiwoom:000660@NXT",
                "status/kis:005930",
                "trade/kis:NAS_BRK.B",
                "trade/kis:Q530031",
                "trade/upbit:USDT-BTC",
                "notice/kis-1",
                "notice/upbit",
                "notice/kiwoom_2.a"
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
    @CsvSource({
        "book/upbit:KRW-BTC, '', ''",
        "book.5/upbit:KRW-BTC, 5, ''",
        "book.15.10000/upbit:KRW-BTC, 15, 10000",
        "book.30.0.1/upbit:KRW-BTC, 30, 0.1"
    })
    void shouldPartDepthFromLevelAtTheFirstPoint(String text, String depth, String level) {
        Topic topic = Topic.parse(text);
        assertThat(topic.kind()).isEqualTo(Kind.BOOK);
        assertThat(BookParam.of(topic)).isEqualTo(new BookParam(depth, level));
        assertThat(BookParam.of(topic).isGrouped()).isEqualTo(!level.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"notice/kis-1, kis, kis-1", "notice/upbit, upbit, upbit", "notice/kis2, kis, kis2"})
    void shouldTellTheAccountOfNotices(String text, String provider, String feed) {
        Topic topic = Topic.parse(text);
        assertThat(topic).isEqualTo(Topic.of(Kind.NOTICE, new Instrument(provider, feed)));
        assertThat(topic.kind()).isEqualTo(Kind.NOTICE);
        assertThat(topic.param()).isEmpty();
        assertThat(topic.instrument()).isEqualTo(new Instrument(provider, feed));
        assertThat(topic.venue()).isEmpty();
    }

    @Test
    void shouldRefuseANoticeThatItsTextCouldNotTell() {
        assertThatThrownBy(() -> Topic.of(Kind.NOTICE, new Instrument("upbit", "kis-1")))
                .hasMessage("the id of a feed of upbit must begin with that name: 'kis-1'");
        assertThatThrownBy(() -> new Topic(Kind.NOTICE, "5", new Instrument("kis", "kis-1"), ""))
                .hasMessage("notice topics have neither param nor venue: 'kis-1'");
        assertThatThrownBy(() -> new Topic(Kind.NOTICE, "", new Instrument("kis", "kis-1"), "NXT"))
                .hasMessage("notice topics have neither param nor venue: 'kis-1'");
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
            notice/                 | not a feed
            notice/kis:kis-1        | not a feed
            notice/1kis             | not a feed
            notice/KIS-1            | not a feed
            notice/kis-1@NXT        | symbol has a character that is not allowed
            notice/kis 1            | symbol has a character that is not allowed
            notice.5/kis-1          | not a topic
            notice.5/kis:kis-1      | neither param nor venue
            trade/fmp:A B           | symbol has a character that is not allowed
            trade/fmp:AAPL/x        | symbol has a character that is not allowed
            trade.a-b/fmp:AAPL      | not a param
            book..5/fmp:AAPL        | not a param
            book.5./fmp:AAPL        | not a param
            book.5..1/fmp:AAPL      | not a param
            book.15.1000000000000.5/upbit:KRW-BTC | not a param
            .5/fmp:AAPL             | unknown kind ''
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
