package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection that only remembers what was done to it. */
final class RecordingWire implements Wire {
    final List<String> texts = new ArrayList<>();
    final List<Integer> binaries = new ArrayList<>();
    /** What stood in all frames but Close, text or binary, in their order. */
    final List<String> payloads = new ArrayList<>();

    int writes;
    int closeCode;
    String closeReason = "";
    boolean dropped;
    boolean frozen;
    boolean full;

    @Override
    public void send(Buffer frames) {
        writes++;
        for (int at = 0; at < frames.length(); ) {
            int opcode = frames.getByte(at) & 0x0F;
            int length = frames.getByte(at + 1);
            int header = 2;
            if (length == 126) {
                length = frames.getUnsignedShort(at + 2);
                header = 4;
            } else if (length == 127) {
                length = (int) frames.getLong(at + 2);
                header = 10;
            }
            Buffer payload = frames.getBuffer(at + header, at + header + length);
            if (opcode != WsFrames.CLOSE) {
                payloads.add(payload.toString(StandardCharsets.UTF_8));
            }
            if (opcode == WsFrames.TEXT) {
                texts.add(payload.toString(StandardCharsets.UTF_8));
            } else {
                binaries.add(opcode);
            }
            at += header + length;
        }
    }

    @Override
    public boolean full() {
        return full;
    }

    @Override
    public void close(int code) {
        closeCode = code;
    }

    @Override
    public void close(int code, String reason) {
        close(code);
        closeReason = reason;
    }

    @Override
    public void drop(boolean reset) {
        dropped = true;
    }

    @Override
    public void freeze(boolean on) {
        frozen = on;
    }

    /** The frames with market data. */
    List<JsonObject> ticks() {
        return texts.stream()
                .filter(each -> each.startsWith("{\"s\""))
                .map(JsonObject::new)
                .toList();
    }

    String last() {
        return texts.isEmpty() ? "" : texts.get(texts.size() - 1);
    }
}
