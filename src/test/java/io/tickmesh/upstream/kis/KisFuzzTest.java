package io.tickmesh.upstream.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.Secret;
import io.tickmesh.market.Kind;
import io.tickmesh.upstream.ControlOp;
import io.tickmesh.upstream.FeedEvents;
import io.tickmesh.upstream.FrameMutator;
import io.tickmesh.upstream.LoginRefusal;
import io.tickmesh.upstream.Reading;
import io.tickmesh.upstream.RecordedEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class KisFuzzTest {
    /** Makes of each reading whatever can be made of it, and keeps nothing. */
    private static final class Drain implements FeedEvents {
        private byte[] frame = {};
        private long meanings;
        private long checksum;

        @Override
        public void onReading(Kind kind, Reading reading) {
            meanings++;
            RecordedEvents events = new RecordedEvents();
            events.onReading(kind, reading);
            checksum += events.lines.get(0).length();
        }

        private void said(String text) {
            meanings++;
            assertThat(text).hasSizeLessThan(150).doesNotContainPattern("\\p{Cntrl}");
        }

        @Override
        public void onLoginAccepted() {
            meanings++;
        }

        @Override
        public void onLoginRefused(LoginRefusal kind, String text) {
            said(text);
        }

        @Override
        public void onAcknowledged(ControlOp op) {
            meanings++;
        }

        @Override
        public void onRefused(ControlOp op, String text) {
            said(text);
        }

        @Override
        public void onFull(String text) {
            said(text);
        }

        @Override
        public void onHeartbeat() {
            meanings++;
        }

        @Override
        public void onReply(String text) {
            meanings++;
            assertThat(text).isEqualTo(new String(frame, StandardCharsets.UTF_8));
        }

        @Override
        public void onTradeBreak(Reading reading) {
            meanings++;
        }

        @Override
        public void onUnknown() {
            meanings++;
        }

        @Override
        public void onBadFrame(String reason) {
            said(reason);
        }
    }

    private static List<String> frames() {
        List<String> frames = new ArrayList<>();
        for (String name : List.of("trade", "book", "expected", "status", "overseas", "notice", "other", "bad")) {
            frames.addAll(KisProtocolTest.capture(name + ".txt"));
        }
        for (int code : new int[] {0, 1, 2, 3, 7, 8, 9, 10, 11, 8991, 8996, 9994, 9999}) {
            frames.add(String.format(
                    Locale.ROOT,
                    "{\"header\":{\"tr_id\":\"H0STCNT0\",\"tr_key\":\"000001\"},"
                            + "\"body\":{\"rt_cd\":\"1\",\"msg_cd\":\"OPSP%04d\",\"msg1\":\"SUBSCRIBE ERROR\"}}",
                    code));
        }
        return frames;
    }

    @Test
    void shouldMakeSomethingOfAnyFrame() {
        KisProtocol protocol = new KisProtocol(new Secret("made up"), new Secret("DEMOUSER"), true);
        FrameMutator mutator = new FrameMutator(frames(), 20_270_104);
        Drain events = new Drain();
        long receivedAt = KisProtocolTest.NOW;
        for (int i = 0; i < FrameMutator.FRAMES; i++) {
            if (i % 10 == 0) {
                protocol.subscribe(List.of("H0STCNT0|000001"));
            }
            byte[] frame = mutator.next();
            events.frame = frame;
            long before = events.meanings;
            protocol.decode(frame, frame.length, receivedAt += 1_000, events);

            assertThat(events.meanings).isGreaterThan(before);
        }

        assertThat(events.checksum).isPositive();
        shouldBeAsGoodAsNew(protocol);
    }

    private static void shouldBeAsGoodAsNew(KisProtocol protocol) {
        RecordedEvents events = new RecordedEvents();
        for (String name : List.of("book", "expected", "status")) {
            for (String frame : KisProtocolTest.capture(name + ".txt")) {
                byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
                protocol.decode(bytes, bytes.length, KisProtocolTest.NOW, events);
            }
        }
        List<String> expected = new ArrayList<>();
        for (String name : List.of("book", "expected", "status")) {
            expected.addAll(KisProtocolTest.capture(name + ".expected"));
        }
        assertThat(events.lines).containsExactlyElementsOf(expected);
    }

    @Test
    void shouldNotRememberMoreKeysThanASessionHas() {
        KisVolumes volumes = new KisVolumes();
        for (int i = 0; i < 100_000; i++) {
            volumes.isLate("key" + i, 20_261_012, i, 1);
        }

        assertThat(volumes.size()).isLessThanOrEqualTo(512);
    }
}
