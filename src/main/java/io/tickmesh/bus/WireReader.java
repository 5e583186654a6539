package io.tickmesh.bus;

import io.tickmesh.market.DataState;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Level;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link WireWriter} wrote; anything else ends in an {@link IllegalArgumentException}. */
final class WireReader {
    private final Buffer in;
    private int position;

    WireReader(Buffer in, int position) {
        this.in = in;
        this.position = position;
    }

    private int advance(int bytes) {
        int at = position;
        if (bytes < 0 || bytes > in.length() - at) {
            throw new IllegalArgumentException("message ends too early");
        }
        position = at + bytes;
        return at;
    }

    /** Nothing may stand behind a message. */
    void end() {
        if (position != in.length()) {
            throw new IllegalArgumentException("message goes on behind its end");
        }
    }

    int u8() {
        return in.getUnsignedByte(advance(1));
    }

    boolean flag() {
        return u8() != 0;
    }

    int i32() {
        return in.getInt(advance(4));
    }

    /** A count of things that each take at least one byte. */
    int count() {
        int count = i32();
        if (count < 0 || count > in.length() - position) {
            throw new IllegalArgumentException("impossible count " + count);
        }
        return count;
    }

    long i64() {
        return in.getLong(advance(8));
    }

    String text() {
        int length = count();
        int at = advance(length);
        return in.getString(at, at + length, StandardCharsets.UTF_8.name());
    }

    @Nullable
    String optionalText() {
        return flag() ? text() : null;
    }

    Decimal decimal() {
        int scale = u8();
        return new Decimal(i64(), scale);
    }

    @Nullable
    Decimal optionalDecimal() {
        return flag() ? decimal() : null;
    }

    List<Level> levels() {
        int count = count();
        List<Level> levels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            levels.add(new Level(decimal(), decimal()));
        }
        return levels;
    }

    Map<String, String> texts() {
        int count = count();
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < count; i++) {
            texts.put(text(), text());
        }
        return texts;
    }

    Topic topic() {
        return Topic.parse(text());
    }

    TopicState state() {
        return new TopicState(name(DataState.class), text(), i64());
    }

    <E extends Enum<E>> E name(Class<E> type) {
        return Enum.valueOf(type, text());
    }
}
