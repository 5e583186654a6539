package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Writes the frames that a WebSocket server sends: unmasked, never fragmented. */
final class WsFrames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int SHORT_LIMIT = 125;
    private static final int MEDIUM_LIMIT = 0xFFFF;

    private WsFrames() {}

    static void appendText(Buffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(out, TEXT, bytes, bytes.length);
    }

    static void appendClose(Buffer out, int code) {
        appendClose(out, code, "");
    }

    static void appendClose(Buffer out, int code, String reason) {
        byte[] payload = ("\0\0" + reason).getBytes(StandardCharsets.UTF_8);
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        append(out, CLOSE, payload, payload.length);
    }

    static void append(Buffer out, int opcode, byte[] payload, int length) {
        out.appendByte((byte) (FINAL | opcode));
        if (length <= SHORT_LIMIT) {
            out.appendByte((byte) length);
        } else if (length <= MEDIUM_LIMIT) {
            out.appendByte((byte) 126).appendShort((short) length);
        } else {
            out.appendByte((byte) 127).appendLong(length);
        }
        out.appendBytes(payload, 0, length);
    }
}
