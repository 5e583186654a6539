package io.tickmesh.client;

import io.tickmesh.market.Decimal;
import org.jspecify.annotations.Nullable;

/** Appends the members of a JSON object to a text, without an object in between. Keys are constants of ours. */
public final class Json {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Json() {}

    public static void text(StringBuilder out, String key, String value) {
        key(out, key);
        quoted(out, value);
    }

    public static void number(StringBuilder out, String key, long value) {
        key(out, key);
        out.append(value);
    }

    public static void flag(StringBuilder out, String key, boolean value) {
        key(out, key);
        out.append(value);
    }

    /** Leaves the member out where there is no value. */
    public static void decimal(StringBuilder out, String key, @Nullable Decimal value) {
        if (value != null) {
            key(out, key);
            value.appendTo(out);
        }
    }

    /** Appends the key, with a comma before it unless it is the first of its object. */
    public static void key(StringBuilder out, String key) {
        separate(out);
        out.append('"').append(key).append("\":");
    }

    /** Appends a comma unless an object has just begun. */
    public static void separate(StringBuilder out) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
    }

    public static void quoted(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                escaped(out, c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static void escaped(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[(c >> shift) & 0xf]);
        }
    }
}
