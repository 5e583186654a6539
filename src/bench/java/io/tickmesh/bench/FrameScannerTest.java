package io.tickmesh.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameScannerTest {
    private final List<String> seen = new ArrayList<>();

    private void scan(ByteBuffer in) {
        FrameScanner.scan(in, (head, bytes, offset, length) -> {
            byte[] payload = new byte[length];
            bytes.get(offset, payload);
            seen.add(Integer.toHexString(head) + ' ' + new String(payload, StandardCharsets.US_ASCII));
        });
    }

    private static ByteBuffer stream(String... payloads) {
        ByteBuffer out = ByteBuffer.allocate(200_000);
        for (String payload : payloads) {
            byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
            out.put((byte) FrameScanner.TEXT);
            if (bytes.length < 126) {
                out.put((byte) bytes.length);
            } else if (bytes.length <= 0xffff) {
                out.put((byte) 126).putShort((short) bytes.length);
            } else {
                out.put((byte) 127).putLong(bytes.length);
            }
            out.put(bytes);
        }
        return out.flip();
    }

    @Test
    void shouldFindFramesOfEveryLengthForm() {
        String middle = "m".repeat(60_000);
        String large = "l".repeat(70_000);

        scan(stream("", "a", "b".repeat(125), "c".repeat(126), middle, large));

        assertThat(seen)
                .containsExactly(
                        "81 ", "81 a", "81 " + "b".repeat(125), "81 " + "c".repeat(126), "81 " + middle, "81 " + large);
    }

    @Test
    void shouldLeaveWhatIsIncompleteWhereverItIsCut() {
        ByteBuffer whole = stream("first", "s".repeat(300));
        int first = 7;
        for (int cut = first; cut < whole.limit(); cut++) {
            seen.clear();
            ByteBuffer part = whole.duplicate().limit(cut);

            scan(part);

            assertThat(seen).containsExactly("81 first");
            assertThat(part.position()).isEqualTo(first);
        }
    }

    @Test
    void shouldRefuseMaskedFramesFromAServer() {
        ByteBuffer frame = FrameScanner.fromClient(FrameScanner.TEXT, new byte[3]);

        assertThatThrownBy(() -> scan(frame)).hasMessageContaining("masked");
    }
}
