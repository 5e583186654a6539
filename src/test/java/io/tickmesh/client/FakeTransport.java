package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that reads frames as they are flushed, or does not read at all. */
final class FakeTransport implements Transport {
    private final List<ByteBuf> unflushed = new ArrayList<>();
    final List<JsonObject> received = new ArrayList<>();
    /** So many frames are taken before it is full. */
    int room = Integer.MAX_VALUE;

    boolean reading = true;
    int flushes;

    @Nullable
    CloseReason closed;

    String closeText = "";

    @Override
    public boolean writable() {
        return reading && room > 0;
    }

    @Override
    public void write(ByteBuf frame) {
        room--;
        unflushed.add(frame);
    }

    @Override
    public void flush() {
        flushes++;
        for (ByteBuf frame : unflushed) {
            received.add(new JsonObject(payload(frame)));
            frame.release();
        }
        unflushed.clear();
    }

    private static String payload(ByteBuf frame) {
        frame.skipBytes(1);
        int length = frame.readByte();
        if (length == 126) {
            length = frame.readUnsignedShort();
        } else if (length == 127) {
            length = (int) frame.readLong();
        }
        if (length != frame.readableBytes()) {
            throw new IllegalStateException("frame says " + length + " but has " + frame.readableBytes());
        }
        return frame.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void ping() {}

    @Override
    public void close(CloseReason reason, String text) {
        closed = reason;
        closeText = text;
    }

    @Override
    public String remote() {
        return "test";
    }

    List<String> types() {
        return received.stream().map(frame -> frame.getString("type")).toList();
    }
}
