package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/**
 * Builds whole WebSocket text frames, header and payload, so that many sessions can share their bytes.
 *
 * <pre> 0x81 | length: u7, or 126 and u16, or 127 and u64 | UTF-8 </pre>
 */
public final class Frames {
    private static final int TEXT_FINAL = 0x81;
    static final int LARGEST_HEADER = 10;

    private Frames() {}

    /** A frame with one reference, for the caller to hand over or release. */
    public static ByteBuf text(CharSequence json) {
        int length = ByteBufUtil.utf8Bytes(json);
        ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(length + LARGEST_HEADER);
        frame.writeByte(TEXT_FINAL);
        if (length < 126) {
            frame.writeByte(length);
        } else if (length <= 0xffff) {
            frame.writeByte(126).writeShort(length);
        } else {
            frame.writeByte(127).writeLong(length);
        }
        ByteBufUtil.writeUtf8(frame, json);
        return frame;
    }

    /** A frame of a payload that stands behind room for the largest header; it is the same buffer. */
    static ByteBuf withHeader(ByteBuf payload) {
        int length = payload.writerIndex() - LARGEST_HEADER;
        if (length < 126) {
            int start = LARGEST_HEADER - 2;
            return payload.setByte(start, TEXT_FINAL).setByte(start + 1, length).readerIndex(start);
        }
        if (length <= 0xffff) {
            int start = LARGEST_HEADER - 4;
            return payload.setByte(start, TEXT_FINAL)
                    .setByte(start + 1, 126)
                    .setShort(start + 2, length)
                    .readerIndex(start);
        }
        return payload.setByte(0, TEXT_FINAL).setByte(1, 127).setLong(2, length).readerIndex(0);
    }

    /** The text in such a frame, for transports that wrap it otherwise; shares its bytes and its reference. */
    static ByteBuf payload(ByteBuf frame) {
        int length = frame.getUnsignedByte(frame.readerIndex() + 1);
        int header = length < 126 ? 2 : length == 126 ? 4 : LARGEST_HEADER;
        return frame.slice(frame.readerIndex() + header, frame.readableBytes() - header);
    }
}
