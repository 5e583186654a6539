package io.tickmesh.bus;

import io.tickmesh.market.Decimal;
import io.tickmesh.market.Level;
import io.tickmesh.market.Topic;
import io.tickmesh.market.TopicState;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the parts that messages between nodes are made of. */
final class WireWriter {
    private final Buffer out;

    WireWriter(Buffer out) {
        this.out = out;
    }

    void u8(int value) {
        out.appendByte((byte) value);
    }

    void flag(boolean value) {
        u8(value ? 1 : 0);
    }

    void i32(int value) {
        out.appendInt(value);
    }

    void i64(long value) {
        out.appendLong(value);
    }

    void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        i32(bytes.length);
        out.appendBytes(bytes);
    }

    void optionalText(@Nullable String value) {
        flag(value != null);
        if (value != null) {
            text(value);
        }
    }

    void decimal(Decimal value) {
        u8(value.scale());
        i64(value.unscaled());
    }

    void optionalDecimal(@Nullable Decimal value) {
        flag(value != null);
        if (value != null) {
            decimal(value);
        }
    }

    void levels(List<Level> levels) {
        i32(levels.size());
        for (int i = 0; i < levels.size(); i++) {
            decimal(levels.get(i).price());
            decimal(levels.get(i).size());
        }
    }

    void texts(Map<String, String> values) {
        i32(values.size());
        values.forEach((key, value) -> {
            text(key);
            text(value);
        });
    }

    void name(Enum<?> value) {
        text(value.name());
    }

    void topic(Topic topic) {
        text(topic.toString());
    }

    void state(TopicState state) {
        name(state.state());
        text(state.reason());
        i64(state.since());
    }
}
