package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the frames that a WebSocket client sends: bytes in, messages out, fragments joined.
 *
 * <p>After {@link Receiver#onViolation} or {@link Receiver#onClose} it ignores what follows.
 */
final class WsFrameReader {
    static final int MAX_MESSAGE = 1 << 20;

    private static final int NO_CODE = 1005;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF8 = 1007;
    private static final int TOO_BIG = 1009;

    /** What the client said. */
    interface Receiver {
        void onText(String text);

        void onBinary(byte[] payload);

        void onPing(byte[] payload);

        /** An answer to a ping, or one that nobody asked for. */
        void onPong(byte[] payload);

        void onClose(int code);

        /** The client broke the WebSocket protocol; {@code code} is what to close with. */
        void onViolation(int code, String what);
    }

    private final Receiver receiver;
    private Buffer unread = Buffer.buffer();
    private Buffer message = Buffer.buffer();
    private int messageOpcode;
    private boolean done;

    WsFrameReader(Receiver receiver) {
        this.receiver = receiver;
    }

    void read(Buffer bytes) {
        if (done) {
            return;
        }
        unread.appendBuffer(bytes);
        int at = 0;
        while (!done) {
            int used = readFrame(at);
            if (used == 0) {
                break;
            }
            at += used;
        }
        if (at > 0 || done) {
            unread = done ? Buffer.buffer() : unread.getBuffer(at, unread.length());
        }
    }

    /** The bytes of the frame at this offset, or 0 when it is not complete. */
    private int readFrame(int at) {
        int available = unread.length() - at;
        if (available < 2) {
            return 0;
        }
        int first = unread.getUnsignedByte(at);
        int second = unread.getUnsignedByte(at + 1);
        int lengthBytes = (second & 0x7F) == 127 ? 8 : (second & 0x7F) == 126 ? 2 : 0;
        int header = 2 + lengthBytes + 4;
        if ((second & 0x80) == 0) {
            return violated(PROTOCOL_ERROR, "a client's frame must be masked");
        }
        if ((first & 0x70) != 0) {
            return violated(PROTOCOL_ERROR, "reserved bits are set");
        }
        if (available < header) {
            return 0;
        }
        long length = switch (lengthBytes) {
            case 8 -> unread.getLong(at + 2);
            case 2 -> unread.getUnsignedShort(at + 2);
            default -> second & 0x7F;
        };
        if (length < 0 || length + message.length() > MAX_MESSAGE) {
            return violated(TOO_BIG, "message over " + MAX_MESSAGE + " bytes");
        }
        if (available < header + length) {
            return 0;
        }
        byte[] payload = unread.getBytes(at + header, at + header + (int) length);
        unmask(payload, unread.getBytes(at + header - 4, at + header));
        onFrame(first & 0x0F, (first & 0x80) != 0, payload);
        return header + (int) length;
    }

    private static void unmask(byte[] payload, byte[] mask) {
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
    }

    private void onFrame(int opcode, boolean isFinal, byte[] payload) {
        switch (opcode) {
            case WsFrames.TEXT, WsFrames.BINARY, WsFrames.CONTINUATION -> onDataFrame(opcode, isFinal, payload);
            case WsFrames.PING -> receiver.onPing(payload);
            case WsFrames.PONG -> receiver.onPong(payload);
            case WsFrames.CLOSE -> {
                done = true;
                receiver.onClose(payload.length < 2 ? NO_CODE : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF));
            }
            default -> violated(PROTOCOL_ERROR, "unknown opcode " + opcode);
        }
    }

    private void onDataFrame(int opcode, boolean isFinal, byte[] payload) {
        if ((opcode == WsFrames.CONTINUATION) == (messageOpcode == 0)) {
            violated(PROTOCOL_ERROR, "fragments out of order");
            return;
        }
        if (opcode != WsFrames.CONTINUATION) {
            messageOpcode = opcode;
        }
        message.appendBytes(payload);
        if (isFinal) {
            byte[] whole = message.getBytes();
            int kind = messageOpcode;
            message = Buffer.buffer();
            messageOpcode = 0;
            onMessage(kind, whole);
        }
    }

    private void onMessage(int opcode, byte[] payload) {
        if (opcode == WsFrames.BINARY) {
            receiver.onBinary(payload);
            return;
        }
        try {
            receiver.onText(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString());
        } catch (CharacterCodingException e) {
            violated(NOT_UTF8, "text is not UTF-8");
        }
    }

    private int violated(int code, String what) {
        done = true;
        receiver.onViolation(code, what);
        return 0;
    }
}
