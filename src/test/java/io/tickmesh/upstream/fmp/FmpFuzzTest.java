package io.tickmesh.upstream.fmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.Secret;
import io.tickmesh.upstream.FrameMutator;
import io.tickmesh.upstream.RecordedEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever comes, nothing is thrown past the language, and what is whole is read as before. */
class FmpFuzzTest {
    private static final List<String> SOUND = List.of("stock", "crypto", "forex");

    private final FmpProtocol protocol = new FmpProtocol(new Secret("made-up"));
    private final RecordedEvents events = new RecordedEvents();

    private void decode(byte[] frame) {
        protocol.decode(frame, frame.length, FmpProtocolTest.NOW, events);
    }

    @Test
    void shouldSurviveSpoiltFrames() {
        List<String> frames = new ArrayList<>();
        for (String name : List.of("login", "control", "stock", "crypto", "forex", "bad")) {
            frames.addAll(FmpProtocolTest.capture(name + ".jsonl"));
        }
        FrameMutator mutator = new FrameMutator(frames, 20_270_101);
        int readings = 0;
        for (int i = 0; i < FrameMutator.FRAMES; i++) {
            byte[] frame = mutator.next();
            decode(frame);
            shouldHaveMeantSomething(frame);
            readings += events.lines.stream().anyMatch(line -> line.matches("(trade|quote|break) .*")) ? 1 : 0;
            events.lines.clear();
        }
        assertThat(readings).isGreaterThan(FrameMutator.FRAMES / 20);

        for (String name : SOUND) {
            FmpProtocolTest.capture(name + ".jsonl").forEach(frame -> decode(frame.getBytes(StandardCharsets.UTF_8)));
            assertThat(events.lines).containsExactlyElementsOf(FmpProtocolTest.capture(name + ".expected"));
            events.lines.clear();
        }
    }

    /** Only an array without an object means nothing at all. */
    private void shouldHaveMeantSomething(byte[] frame) {
        if (events.lines.isEmpty()) {
            assertThat(new String(frame, StandardCharsets.UTF_8)).matches("(?s)[\\s\\[\\]]*");
        }
        for (String line : events.lines) {
            if (line.startsWith("bad: ")) {
                assertThat(line).hasSizeLessThan(100).doesNotContainPattern("\\p{Cntrl}");
            }
        }
    }
}
