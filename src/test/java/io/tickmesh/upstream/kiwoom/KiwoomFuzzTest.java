package io.tickmesh.upstream.kiwoom;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.Secret;
import io.tickmesh.market.Kind;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.Field;
import io.tickmesh.upstream.FrameMutator;
import io.tickmesh.upstream.Reading;
import io.tickmesh.upstream.RecordedEvents;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** No bytes get past the codec as an exception, and none make it grow or forget how to read. */
class KiwoomFuzzTest {
    private final KiwoomProtocol protocol = new KiwoomProtocol(new Secret("made-up"));

    @Test
    void shouldSurviveMutatedFrames() {
        FrameMutator mutator = new FrameMutator(Captures.all(), 20_261_121);
        AtomicInteger told = new AtomicInteger();
        FeedEvents events = counting(told);
        int readings = 0;
        for (int i = 0; i < FrameMutator.FRAMES; i++) {
            byte[] frame = mutator.next();
            told.set(0);
            protocol.decode(frame, frame.length, Captures.NOW, events);

            assertThat(told.get()).as(new String(frame, StandardCharsets.UTF_8)).isPositive();
            readings += told.get() > 1 ? 1 : 0;
        }
        assertThat(readings).isGreaterThan(FrameMutator.FRAMES / 100);
        assertThat(protocol.retained()).isLessThan(KiwoomVolumes.MOST);

        RecordedEvents after = new RecordedEvents();
        for (String frame : Captures.lines("book.jsonl")) {
            byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
            protocol.decode(bytes, bytes.length, Captures.NOW, after);
        }
        assertThat(after.lines).containsExactlyElementsOf(Captures.lines("book.expected"));
    }

    /** What is told has what its kind needs, and each number can be made an object. */
    private static FeedEvents counting(AtomicInteger told) {
        return (FeedEvents) Proxy.newProxyInstance(
                FeedEvents.class.getClassLoader(), new Class<?>[] {FeedEvents.class}, (proxy, method, arguments) -> {
                    told.incrementAndGet();
                    if (method.getName().equals("onReading")) {
                        check((Kind) arguments[0], (Reading) arguments[1]);
                    } else if (method.getName().equals("onBadFrame")) {
                        assertThat((String) arguments[0]).hasSizeLessThan(100).doesNotContainPattern("\\p{Cntrl}");
                    }
                    return null;
                });
    }

    private static void check(Kind kind, Reading reading) {
        for (Field field : Field.values()) {
            reading.get(field);
        }
        List<Field> needed = switch (kind) {
            case TRADE, TICKER, EXPECTED -> List.of(Field.PRICE);
            default -> List.of();
        };
        assertThat(needed).as(kind.word()).allMatch(reading::has);
        switch (kind) {
            case BOOK ->
                assertThat(reading.asks().levels(10).size()
                                + reading.bids().levels(10).size())
                        .isPositive();
            case QUOTE ->
                assertThat(reading.has(Field.ASK_PRICE) || reading.has(Field.BID_PRICE))
                        .isTrue();
            case STATUS, NOTICE -> assertThat(reading.fields()).isNotEmpty();
            default -> assertThat(reading.key()).isNotEmpty();
        }
    }
}
