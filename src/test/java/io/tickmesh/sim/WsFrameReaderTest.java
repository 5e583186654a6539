package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WsFrameReaderTest {
    private final List<String> heard = new ArrayList<>();
    private final WsFrameReader reader = new WsFrameReader(new WsFrameReader.Receiver() {
        @Override
        public void onText(String text) {
            heard.add("text " + (text.length() > 20 ? text.length() : text));
        }

        @Override
        public void onBinary(byte[] payload) {
            heard.add("binary " + payload.length);
        }

        @Override
        public void onPing(byte[] payload) {
            heard.add("ping " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void onPong(byte[] payload) {
            heard.add("pong " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void onClose(int code) {
            heard.add("close " + code);
        }

        @Override
        public void onViolation(int code, String what) {
            heard.add("violation " + code);
        }
    });

    private static Buffer frame(int first, byte[] payload) {
        Buffer out = Buffer.buffer().appendByte((byte) first);
        if (payload.length < 126) {
            out.appendByte((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            out.appendByte((byte) (0x80 | 126)).appendShort((short) payload.length);
        } else {
            out.appendByte((byte) (0x80 | 127)).appendLong(payload.length);
        }
        byte[] mask = {7, 11, 13, 17};
        out.appendBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.appendByte((byte) (payload[i] ^ mask[i % 4]));
        }
        return out;
    }

    private static Buffer frame(int first, String text) {
        return frame(first, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadFramesHoweverTheBytesAreCut() {
        Buffer all = frame(0x81, "grüße")
                .appendBuffer(frame(0x89, "p"))
                .appendBuffer(frame(0x82, new byte[300]))
                .appendBuffer(frame(0x81, "x".repeat(70_000)))
                .appendBuffer(frame(0x8A, "unasked"))
                .appendBuffer(frame(0x88, new byte[] {3, (byte) 0xE9}));
        for (int i = 0; i < all.length(); i++) {
            reader.read(all.getBuffer(i, i + 1));
        }
        List<String> piecemeal = List.copyOf(heard);

        assertThat(piecemeal)
                .containsExactly("text grüße", "ping p", "binary 300", "text 70000", "pong unasked", "close 1001");
    }

    @Test
    void shouldJoinFragmentsAroundAPing() {
        reader.read(frame(0x01, "one ").appendBuffer(frame(0x89, "")).appendBuffer(frame(0x80, "two")));

        assertThat(heard).containsExactly("ping ", "text one two");
    }

    @Test
    void shouldRefuseWhatBreaksTheProtocolAndThenListenNoMore() {
        reader.read(Buffer.buffer(new byte[] {(byte) 0x81, 1, 'x'}));
        reader.read(frame(0x81, "late"));

        assertThat(heard).containsExactly("violation 1002");
    }

    @Test
    void shouldRefuseBadUtf8StrayFragmentsReservedBitsAndGiants() {
        for (Buffer bad : List.of(
                frame(0x81, new byte[] {(byte) 0xC3}),
                frame(0x80, "stray"),
                frame(0xC1, "compressed"),
                frame(0x83, "opcode"),
                Buffer.buffer(new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}))) {
            new WsFrameReader(copyOfReceiver()).read(bad);
        }

        assertThat(heard)
                .containsExactly(
                        "violation 1007", "violation 1002", "violation 1002", "violation 1002", "violation 1009");
    }

    private WsFrameReader.Receiver copyOfReceiver() {
        return new WsFrameReader.Receiver() {
            @Override
            public void onText(String text) {
                heard.add("text");
            }

            @Override
            public void onBinary(byte[] payload) {
                heard.add("binary");
            }

            @Override
            public void onPing(byte[] payload) {
                heard.add("ping");
            }

            @Override
            public void onPong(byte[] payload) {
                heard.add("pong");
            }

            @Override
            public void onClose(int code) {
                heard.add("close");
            }

            @Override
            public void onViolation(int code, String what) {
                heard.add("violation " + code);
            }
        };
    }
}
