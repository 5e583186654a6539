package io.tickmesh.client.stream;

import io.tickmesh.client.Json;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Tick;
import org.jspecify.annotations.Nullable;

/** A member that values of a kind have: its name for clients, and how it is read from a tick. */
record TickField(String name, Reading reading) {
    /** Appends the JSON value; false, and nothing appended, where the tick has none. */
    interface Reading {
        boolean append(StringBuilder out, Tick tick);
    }

    /** Reads a number of a tick. */
    interface Amount<T> {
        @Nullable
        Decimal of(T tick);
    }

    /** Reads a time or a count of a tick. */
    interface Whole<T> {
        long of(T tick);
    }

    /** Reads a text of a tick. */
    interface Text<T> {
        @Nullable
        String of(T tick);
    }

    /** Appends a JSON value of a tick. */
    interface Appending<T> {
        boolean append(StringBuilder out, T tick);
    }

    static <T extends Tick> TickField decimal(String name, Class<T> kind, Amount<T> amount) {
        return any(name, kind, (out, tick) -> {
            Decimal value = amount.of(tick);
            if (value != null) {
                value.appendTo(out);
            }
            return value != null;
        });
    }

    static <T extends Tick> TickField whole(String name, Class<T> kind, Whole<T> whole) {
        return any(name, kind, (out, tick) -> {
            out.append(whole.of(tick));
            return true;
        });
    }

    static <T extends Tick> TickField text(String name, Class<T> kind, Text<T> text) {
        return any(name, kind, (out, tick) -> {
            String value = text.of(tick);
            if (value != null) {
                Json.quoted(out, value);
            }
            return value != null;
        });
    }

    static <T extends Tick> TickField any(String name, Class<T> kind, Appending<T> appending) {
        return new TickField(name, (out, tick) -> appending.append(out, kind.cast(tick)));
    }

    /** Appends the member to an object; a value that is not there leaves nothing. */
    void appendMember(StringBuilder out, Tick tick) {
        int before = out.length();
        Json.key(out, name);
        if (!reading.append(out, tick)) {
            out.setLength(before);
        }
    }
}
