package io.tickmesh.upstream.fmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.Secret;
import io.tickmesh.upstream.RecordedEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FmpProtocolTest {
    static final long NOW = 1_827_302_400_500_000L;

    private final FmpProtocol protocol = new FmpProtocol(new Secret("made-up \"key\""));
    private final RecordedEvents events = new RecordedEvents();

    static List<String> capture(String name) {
        try (InputStream in = FmpProtocolTest.class.getResourceAsStream("/feeds/fmp/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void decode(String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        protocol.decode(bytes, bytes.length, NOW, events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "control", "stock", "crypto", "forex"})
    void shouldReadEveryDocumentedShape(String name) {
        capture(name + ".jsonl").forEach(this::decode);

        assertThat(events.lines).containsExactlyElementsOf(capture(name + ".expected"));
    }

    @Test
    void shouldSayShortAndPrintablyWhatIsWrongWithABadFrame() {
        for (String frame : capture("bad.jsonl")) {
            events.lines.clear();
            decode(frame);

            assertThat(events.lines).as(frame).isNotEmpty();
            String last = events.lines.get(events.lines.size() - 1);
            if (frame.contains("\"X\"") || frame.contains("\"TT\"")) {
                assertThat(last).isEqualTo("unknown");
            } else if (frame.startsWith("{\"ap\":\"x\"")) {
                assertThat(last).startsWith("trade AAPL");
            } else {
                assertThat(last)
                        .as(frame)
                        .startsWith("bad: ")
                        .hasSizeLessThan(100)
                        .doesNotContainPattern("\\p{Cntrl}");
            }
        }
    }

    @Test
    void shouldTellWhatCameBeforeTheBrokenPartOfAnArray() {
        decode(
                "[{\"s\":\"aapl\",\"type\":\"T\",\"lp\":1},{\"s\":\"msft\",\"type\":\"T\"},{\"s\":\"ibm\",\"type\":\"T\",\"lp\":2},");

        assertThat(events.lines).hasSize(4);
        assertThat(events.lines.subList(0, 3))
                .containsExactly("trade AAPL none 1 null null", "bad: trade without lp", "trade IBM none 2 null null");
        assertThat(events.lines.get(3)).startsWith("bad: not JSON");
    }

    @Test
    void shouldRefuseNothingAndAFrameOfSpaces() {
        decode("");
        decode("   ");

        assertThat(events.lines).containsExactly("bad: empty frame", "bad: empty frame");
    }

    @Test
    void shouldNotLetOneFrameLeaveAnythingToTheNext() {
        decode("{\"s\":\"aapl\",\"e\":\"binance\",\"t\":1827302400123,\"type\":\"T\",\"lp\":1,\"ls\":2}");
        decode("{\"s\":\"msft\",\"type\":\"T\",\"lp\":3}");

        assertThat(events.lines.get(1)).isEqualTo("trade MSFT none 3 null null");
    }

    @Test
    void shouldLoginWithTheKeyAsItIs() {
        assertThat(protocol.login()).isEqualTo("{\"event\":\"login\",\"data\":{\"apiKey\":\"made-up \\\"key\\\"\"}}");
    }

    @Test
    void shouldAskForTickersInLowerCase() {
        assertThat(protocol.subscribe(List.of("AAPL", "BRK-B")))
                .isEqualTo("{\"event\":\"subscribe\",\"data\":{\"ticker\":[\"aapl\",\"brk-b\"]}}");
        assertThat(protocol.unsubscribe(List.of("AAPL")))
                .isEqualTo("{\"event\":\"unsubscribe\",\"data\":{\"ticker\":[\"aapl\"]}}");
    }
}
