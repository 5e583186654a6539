package io.tickmesh.sim;

import io.tickmesh.market.Printable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a control request, each with what it is when absent; everything wrong is an
 * {@link IllegalArgumentException} that names the field.
 */
final class Fields {
    private final JsonObject json;
    private final Set<String> known = new TreeSet<>();

    Fields(JsonObject json) {
        this.json = json;
    }

    boolean flag(String name, boolean absent) {
        @Nullable Object value = value(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false", value);
    }

    int integer(String name, int absent, int least, int most) {
        return (int) whole(name, absent, least, most);
    }

    long whole(String name, long absent, long least, long most) {
        @Nullable Object value = value(name);
        if (value == null) {
            return absent;
        }
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= least
                && ((Number) value).longValue() <= most) {
            return ((Number) value).longValue();
        }
        throw wrong(name, "a whole number " + least + ".." + most, value);
    }

    double decimal(String name, double absent, double least, double most) {
        @Nullable Object value = value(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        throw wrong(name, "a number " + least + ".." + most, value);
    }

    String text(String name, String absent) {
        @Nullable Object value = value(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof String text) {
            return text;
        }
        throw wrong(name, "a text", value);
    }

    List<String> texts(String name, List<String> absent) {
        @Nullable Object value = value(name);
        if (value == null) {
            return absent;
        }
        if (!(value instanceof JsonArray array)) {
            throw wrong(name, "a list of texts", value);
        }
        List<String> texts = new ArrayList<>();
        for (Object element : array) {
            if (!(element instanceof String text)) {
                throw wrong(name, "a list of texts", value);
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** One of the constants of an enum, written in lower case. */
    <E extends Enum<E>> E choice(String name, E absent) {
        @Nullable Object value = value(name);
        if (value == null) {
            return absent;
        }
        List<String> choices = new ArrayList<>();
        for (E each : absent.getDeclaringClass().getEnumConstants()) {
            if (nameOf(each).equals(value)) {
                return each;
            }
            choices.add(nameOf(each));
        }
        throw wrong(name, "one of " + choices, value);
    }

    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Refuses what was not asked for; call it after all fields were read. */
    void requireNoOthers() {
        for (String name : json.fieldNames()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown name '" + Printable.of(name) + "', known: " + known);
            }
        }
    }

    private @Nullable Object value(String name) {
        known.add(name);
        @Nullable Object value = json.getValue(name);
        if (value == null && json.containsKey(name)) {
            throw new IllegalArgumentException("'" + name + "' must not be null");
        }
        return value;
    }

    private static IllegalArgumentException wrong(String name, String expected, Object value) {
        return new IllegalArgumentException("'" + name + "' must be " + expected + " but is " + excerpt(value));
    }

    private static String excerpt(Object value) {
        String text = value instanceof String s ? "\"" + s + "\"" : value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
