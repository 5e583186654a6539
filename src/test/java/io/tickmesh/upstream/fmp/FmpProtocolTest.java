package io.tickmesh.upstream.fmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.Secret;
import io.tickmesh.upstream.RecordedEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

    @Test
    void shouldSurviveAHundredThousandMutatedFrames() {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("login", "control", "stock", "crypto", "forex", "bad")) {
            capture(name + ".jsonl").forEach(frame -> seeds.add(frame.getBytes(StandardCharsets.UTF_8)));
        }
        Random random = new Random(20_270_101);
        for (int i = 0; i < 100_000; i++) {
            byte[] mutated = mutate(seeds.get(random.nextInt(seeds.size())), random);
            int before = events.lines.size();
            protocol.decode(mutated, mutated.length, NOW, events);

            // An empty array is the only frame that means nothing at all.
            if (events.lines.size() == before) {
                assertThat(new String(mutated, StandardCharsets.UTF_8)).containsPattern("^\\s*\\[\\s*]");
            }
            events.lines.clear();
        }

        capture("stock.jsonl").forEach(this::decode);
        assertThat(events.lines).containsExactlyElementsOf(capture("stock.expected"));
    }

    private static byte[] mutate(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "{}[]\",:0eE-+.ntTQB\\".charAt(random.nextInt(19));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    byte[] doubled = Arrays.copyOf(bytes, bytes.length + at);
                    System.arraycopy(bytes, 0, doubled, bytes.length, at);
                    bytes = doubled;
                }
            }
        }
        return bytes;
    }
}
