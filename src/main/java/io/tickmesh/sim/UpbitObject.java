package io.tickmesh.sim;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object whose keys have a long and a short name. */
final class UpbitObject {
    private final StringBuilder out = new StringBuilder(640).append('{');
    private final boolean isShort;
    private final UpbitNumbers numbers;
    private final long chance;
    private int fields;

    /** With the short names or the long ones; {@code chance} decides how its numbers are written. */
    UpbitObject(boolean isShort, UpbitNumbers numbers, long chance) {
        this.isShort = isShort;
        this.numbers = numbers;
        this.chance = chance;
    }

    /** An object to stand inside this one, the {@code index}th of its kind. */
    UpbitObject sibling(int index) {
        return new UpbitObject(isShort, numbers, Hash.mix(chance, index));
    }

    UpbitObject put(String name, String shortName, BigDecimal value) {
        key(name, shortName);
        numbers.append(out, value, Hash.mix(chance, fields));
        return this;
    }

    UpbitObject put(String name, String shortName, long value) {
        key(name, shortName);
        out.append(value);
        return this;
    }

    UpbitObject put(String name, String shortName, boolean value) {
        key(name, shortName);
        out.append(value);
        return this;
    }

    /** A text that needs no escapes, or null. */
    UpbitObject put(String name, String shortName, @Nullable String value) {
        key(name, shortName);
        if (value == null) {
            out.append("null");
        } else {
            out.append('"').append(value).append('"');
        }
        return this;
    }

    /** A value that is JSON already. */
    UpbitObject putJson(String name, String shortName, CharSequence json) {
        key(name, shortName);
        out.append(json);
        return this;
    }

    private void key(String name, String shortName) {
        if (fields++ > 0) {
            out.append(',');
        }
        out.append('"').append(isShort ? shortName : name).append("\":");
    }

    String text() {
        return out + "}";
    }

    byte[] bytes() {
        return utf8(text());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
