package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that reads frames as they are flushed, or does not read at all. */
final class FakeTransport implements Transport {
    private final List<ByteBuf> unflushed = new ArrayList<>();
    final List<JsonObject> received = new ArrayList<>();

    /** The same as it came. */
    final List<String> texts = new ArrayList<>();

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
            String text = payload(frame);
            texts.add(text);
            take(new JsonArray("[" + text + "]").getValue(0));
            frame.release();
        }
        unflushed.clear();
    }

    /** A compact tick becomes an object of that type; what came in one frame is taken apart. */
    private void take(Object message) {
        if (!(message instanceof JsonArray array)) {
            received.add((JsonObject) message);
        } else if (array.getValue(0) instanceof Number) {
            received.add(new JsonObject().put("type", "compact").put("values", array));
        } else {
            array.forEach(this::take);
        }
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
