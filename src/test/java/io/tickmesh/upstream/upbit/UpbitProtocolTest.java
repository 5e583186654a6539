package io.tickmesh.upstream.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.upstream.RecordedEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpbitProtocolTest {
    private final UpbitProtocol protocol = new UpbitProtocol("t-1", false);
    private final UpbitProtocol ofAccount = new UpbitProtocol("t-2", true);
    private final RecordedEvents events = new RecordedEvents();

    private void decode(UpbitProtocol by, String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        by.decode(bytes, bytes.length, Captures.NOW, events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticker", "trade", "orderbook", "candle"})
    void shouldReadEveryDocumentedShape(String name) {
        Captures.lines(name + ".jsonl").forEach(frame -> decode(protocol, frame));

        assertThat(events.lines).containsExactlyElementsOf(Captures.lines(name + ".expected"));
    }

    @Test
    void shouldReadEveryAnswerToARequest() {
        for (String frame : Captures.lines("control.jsonl")) {
            protocol.subscribe(List.of("trade|KRW-BTC"));
            decode(protocol, frame);
        }

        assertThat(events.lines).containsExactlyElementsOf(Captures.lines("control.expected"));
    }

    @Test
    void shouldHandPrivateNewsOnWithEveryDigit() {
        Captures.lines("private.jsonl").forEach(frame -> decode(ofAccount, frame));

        assertThat(events.lines).containsExactlyElementsOf(Captures.lines("private.expected"));
    }

    @Test
    void shouldSayShortAndPrintablyWhatIsWrongWithABadFrame() {
        for (String frame : Captures.lines("bad.jsonl")) {
            events.lines.clear();
            decode(protocol, frame);

            assertThat(events.last())
                    .as(frame)
                    .startsWith("bad: ")
                    .hasSizeLessThan(100)
                    .doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Test
    void shouldTellWhatCameBeforeTheBrokenPartOfAnArray() {
        decode(
                protocol,
                "[{\"ty\":\"trade\",\"cd\":\"KRW-BTC\",\"tp\":1},{\"ty\":\"trade\",\"cd\":\"KRW-ETH\"},{\"ty\":\"trade\",");

        assertThat(events.lines).hasSize(3);
        assertThat(events.lines.subList(0, 2))
                .containsExactly("trade KRW-BTC none 1 null null", "bad: trade without trade_price");
        assertThat(events.last()).startsWith("bad: not JSON");
    }

    @Test
    void shouldRefuseNothingAndAFrameOfSpaces() {
        decode(protocol, "");
        decode(protocol, "   ");

        assertThat(events.lines).containsExactly("bad: empty frame", "bad: empty frame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticker", "trade", "orderbook", "candle"})
    void shouldNotLetOneFrameLeaveAnythingToTheNext(String name) {
        decode(protocol, Captures.lines(name + ".jsonl").get(0));
        decode(protocol, "{\"ty\":\"trade\",\"cd\":\"KRW-BTC\",\"tp\":3}");
        decode(protocol, "{\"ty\":\"orderbook\",\"cd\":\"KRW-BTC\",\"obu\":[{\"ap\":2,\"as\":1}]}");

        assertThat(events.lines)
                .endsWith(
                        "trade KRW-BTC none 3 null null",
                        "book KRW-BTC none ASK_PRICE=2 ASK_SIZE=1 asks 2x1",
                        "quote KRW-BTC none null null 2 1 null");
    }

    private static String book(String code, String level) {
        return "{\"ty\":\"orderbook\",\"cd\":\"" + code + "\",\"obu\":[{\"ap\":20,\"as\":1}]" + level + "}";
    }

    @Test
    void shouldTellTheBooksOfAMarketApartByTheirLevel() {
        protocol.subscribe(List.of("orderbook.5|KRW-BTC", "orderbook.15.10000|KRW-BTC", "orderbook.5.0.1|KRW-BTC"));
        decode(protocol, book("KRW-BTC", ",\"lv\":10000"));
        decode(protocol, book("KRW-BTC", ",\"lv\":0"));
        decode(protocol, book("KRW-BTC", ",\"lv\":1e-1"));
        decode(protocol, book("KRW-BTC", ",\"lv\":\"10000.00\""));

        assertThat(events.lines)
                .containsExactly(
                        "book KRW-BTC.10000 none ASK_PRICE=20 ASK_SIZE=1 asks 20x1",
                        "book KRW-BTC none ASK_PRICE=20 ASK_SIZE=1 asks 20x1",
                        "quote KRW-BTC none null null 20 1 null",
                        "book KRW-BTC.0.1 none ASK_PRICE=20 ASK_SIZE=1 asks 20x1",
                        "book KRW-BTC.10000 none ASK_PRICE=20 ASK_SIZE=1 asks 20x1");
    }

    @Test
    void shouldNotGuessTheLevelOfABookWhereSeveralWereAskedFor() {
        protocol.subscribe(List.of("orderbook.5|KRW-BTC", "orderbook.5|KRW-ETH", "orderbook.15.10000|KRW-BTC"));
        decode(protocol, book("KRW-BTC", ""));
        decode(protocol, book("KRW-BTC", ",\"lv\":null"));
        decode(protocol, book("KRW-ETH", ""));
        assertThat(events.lines)
                .containsExactly(
                        "bad: orderbook that does not say its level, though several were asked for",
                        "bad: orderbook that does not say its level, though several were asked for",
                        "book KRW-ETH none ASK_PRICE=20 ASK_SIZE=1 asks 20x1",
                        "quote KRW-ETH none null null 20 1 null");

        protocol.unsubscribe(List.of("orderbook.15.10000|KRW-BTC"));
        decode(protocol, book("KRW-BTC", ""));
        assertThat(events.last()).isEqualTo("quote KRW-BTC none null null 20 1 null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KRW-비트코인", "KRW-AVERYLONGNAMETHATNOMARKETEVERHADBEFORE"})
    void shouldNameTheLevelOfAnOddMarketToo(String market) {
        decode(protocol, book(market, ",\"lv\":0.5"));

        assertThat(events.lines).containsExactly("book " + market + ".0.5 none ASK_PRICE=20 ASK_SIZE=1 asks 20x1");
    }

    @Test
    void shouldNeitherLogInNorAnswer() {
        assertThat(protocol.login()).isNull();
        assertThat(ofAccount.login()).isNull();
    }

    @Test
    void shouldKeepNoMoreThanThirtyLevels() {
        String unit = "{\"ap\":2,\"bp\":1,\"as\":1,\"bs\":1}";
        decode(protocol, "{\"ty\":\"orderbook\",\"cd\":\"KRW-BTC\",\"obu\":[" + (unit + ',').repeat(99) + unit + "]}");

        assertThat(events.lines.get(0).split(" 2x1", -1)).hasSize(31);
    }
}
