package io.tickmesh.client.sockjs;

import io.netty.buffer.ByteBuf;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages as SockJS writes them: texts in a JSON array. */
final class SockJsText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private SockJsText() {}

    /** The messages in what a client sent, an array of texts or one text; null if it is neither. */
    static @Nullable List<String> read(String sent) {
        if (sent.isEmpty()) {
            return List.of();
        }
        Object value;
        try {
            value = Json.decodeValue(sent);
        } catch (DecodeException e) {
            return null;
        }
        if (value instanceof String one) {
            return List.of(one);
        }
        if (value instanceof JsonArray many && many.stream().allMatch(String.class::isInstance)) {
            return many.stream().map(String.class::cast).toList();
        }
        return null;
    }

    /** Appends a message in quotes. Its UTF-8 stays as it is, but for what JSON wants escaped. */
    static void quote(ByteBuf message, ByteBuf out) {
        out.writeByte('"');
        for (int i = message.readerIndex(); i < message.writerIndex(); i++) {
            byte c = message.getByte(i);
            if (c == '"' || c == '\\') {
                out.writeByte('\\').writeByte(c);
            } else if (c >= 0 && c < ' ') {
                out.writeByte('\\').writeByte('u').writeByte('0').writeByte('0');
                out.writeByte(HEX[c >> 4]).writeByte(HEX[c & 0xf]);
            } else {
                out.writeByte(c);
            }
        }
        out.writeByte('"');
    }
}
