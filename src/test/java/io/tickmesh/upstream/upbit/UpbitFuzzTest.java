package io.tickmesh.upstream.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Topic;
import io.tickmesh.upstream.FrameMutator;
import io.tickmesh.upstream.RecordedEvents;
import io.tickmesh.upstream.RestReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever comes, nothing is thrown past the language, and what is whole is read as before. */
class UpbitFuzzTest {
    private static final long SEED = 20_270_103;
    private static final List<String> CODES = List.of(
            "trade|KRW-BTC", "ticker|KRW-BTC", "orderbook.5|KRW-BTC", "orderbook.5.10000|KRW-BTC", "candle.1m|KRW-BTC");

    private final RecordedEvents events = new RecordedEvents();

    private static List<String> frames(String... names) {
        List<String> frames = new ArrayList<>();
        for (String name : names) {
            frames.addAll(Captures.lines(name + ".jsonl"));
        }
        return frames;
    }

    /** Only an array without an object means nothing at all. */
    private void shouldHaveMeantSomething(byte[] frame) {
        if (events.lines.isEmpty()) {
            assertThat(new String(frame, StandardCharsets.UTF_8)).matches("(?s)[\\s\\[\\]]*");
        }
        events.lines.clear();
    }

    @Test
    void shouldSurviveSpoiltPublicFramesAmidItsRequests() {
        UpbitProtocol protocol = new UpbitProtocol("t-1", false);
        String first = protocol.subscribe(CODES);
        FrameMutator mutator =
                new FrameMutator(frames("ticker", "trade", "orderbook", "candle", "control", "private", "bad"), SEED);
        for (int i = 0; i < FrameMutator.FRAMES; i++) {
            byte[] frame = mutator.next();
            protocol.decode(frame, frame.length, Captures.NOW, events);
            shouldHaveMeantSomething(frame);
            if (i % 100 == 0) {
                protocol.unsubscribe(CODES);
                assertThat(protocol.subscribe(CODES)).isEqualTo(first);
            }
        }

        protocol.unsubscribe(CODES);
        assertThat(protocol.subscribe(CODES)).isEqualTo(first);
        Captures.lines("trade.jsonl").forEach(frame -> {
            byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
            protocol.decode(bytes, bytes.length, Captures.NOW, events);
        });
        assertThat(events.lines).containsExactlyElementsOf(Captures.lines("trade.expected"));
    }

    @Test
    void shouldSurviveSpoiltPrivateFrames() {
        UpbitProtocol protocol = new UpbitProtocol("t-2", true);
        FrameMutator mutator = new FrameMutator(frames("private", "control", "bad", "trade"), SEED);
        for (int i = 0; i < FrameMutator.FRAMES; i++) {
            byte[] frame = mutator.next();
            protocol.decode(frame, frame.length, Captures.NOW, events);
            shouldHaveMeantSomething(frame);
        }
    }

    @Test
    void shouldSurviveSpoiltAnswersOfRest() {
        UpbitRest rest = new UpbitRest();
        List<Topic> asked = Stream.of("ticker/upbit:KRW-BTC", "trade/upbit:KRW-BTC", "book/upbit:KRW-BTC")
                .map(Topic::parse)
                .toList();
        List<Topic> grouped = List.of(Topic.parse("book.5.10000/upbit:KRW-BTC"));
        FrameMutator mutator = new FrameMutator(
                List.of(
                        Captures.text("rest-ticker.json"),
                        Captures.text("rest-orderbook.json"),
                        Captures.text("rest-orderbook-level.json")),
                SEED);
        for (int i = 0; i < FrameMutator.FRAMES / 10; i++) {
            byte[] body = mutator.next();
            String text = new String(body, StandardCharsets.UTF_8);
            assertThat(rest.advice(new RestReply(418, Map.of("remaining-req", text), body)))
                    .isNotNull();
            assertThat(rest.read(asked, new RestReply(200, Map.of(), body), Captures.NOW, events))
                    .isNotNull();
            assertThat(rest.read(grouped, new RestReply(200, Map.of(), body), Captures.NOW, events))
                    .isNotNull();
            assertThat(rest.read(asked.subList(2, 3), new RestReply(200, Map.of(), body), Captures.NOW, events))
                    .isNotNull();
            events.lines.clear();
        }
    }
}
