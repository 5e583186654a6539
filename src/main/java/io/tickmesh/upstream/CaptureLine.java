package io.tickmesh.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A frame as one line of a capture file. Text stands as it came; what a line cannot hold, because it is no UTF-8, is
 * empty, has a line break or begins as this form does, stands as {@code base64:} and its bytes in Base64.
 */
public final class CaptureLine {
    private static final String ENCODED = "base64:";

    private CaptureLine() {}

    /** The line, without its end, of the frame in the first {@code length} bytes. */
    public static String of(byte[] frame, int length) {
        @Nullable String text = text(frame, length);
        return text != null && fits(text)
                ? text
                : ENCODED + Base64.getEncoder().encodeToString(Arrays.copyOf(frame, length));
    }

    private static boolean fits(String text) {
        return !text.isEmpty() && text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && !text.startsWith(ENCODED);
    }

    private static @Nullable String text(byte[] frame, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(frame, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /**
     * The frame that a line stands for.
     *
     * @throws IllegalArgumentException if what follows {@code base64:} is not Base64
     */
    public static byte[] frame(String line) {
        return line.startsWith(ENCODED)
                ? Base64.getDecoder().decode(line.substring(ENCODED.length()))
                : line.getBytes(StandardCharsets.UTF_8);
    }
}
