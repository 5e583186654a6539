package io.tickmesh.bench;

import java.nio.ByteBuffer;

/**
 * Finds the frames that a WebSocket server sent, without copying them.
 *
 * <pre> fin and opcode | length: u7, or 126 and u16, or 127 and u64 | payload (never masked by a server) </pre>
 */
final class FrameScanner {
    static final int TEXT = 0x81;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;

    private static final int MASKED = 0x80;

    private FrameScanner() {}

    /** Takes a frame, whose payload is {@code length} bytes of {@code in} from {@code offset}. */
    interface Sink {
        void frame(int head, ByteBuffer in, int offset, int length);
    }

    /** Hands over every whole frame and leaves the position at the first byte of what is incomplete. */
    static void scan(ByteBuffer in, Sink sink) {
        int at = in.position();
        int end = in.limit();
        while (end - at >= 2) {
            int head = in.get(at) & 0xff;
            int small = in.get(at + 1) & 0xff;
            int header = small < 126 ? 2 : small == 126 ? 4 : 10;
            if ((small & MASKED) != 0) {
                throw new BenchFailure("the server sent a masked frame");
            }
            if (end - at < header) {
                break;
            }
            long length = length(in, at, small);
            if (length > end - at - header) {
                break;
            }
            sink.frame(head, in, at + header, (int) length);
            at += header + (int) length;
        }
        in.position(at);
    }

    private static long length(ByteBuffer in, int at, int small) {
        return switch (small) {
            case 126 -> in.getShort(at + 2) & 0xffff;
            case 127 -> in.getLong(at + 2);
            default -> small;
        };
    }

    /** A frame as a client sends it; the mask is zero, which leaves the payload as it is. */
    static ByteBuffer fromClient(int head, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) head);
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= 0xffff) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            throw new BenchFailure("a client's frame of " + payload.length + " bytes");
        }
        return frame.putInt(0).put(payload).flip();
    }
}
