package io.tickmesh.sim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The fields of one record; the wire shows as many of them as its time had. */
final class KisRecord {
    private static final String NOT_KNOWN_YET = "2";

    private final List<String> fields = new ArrayList<>(80);

    KisRecord add(String field) {
        fields.add(field);
        return this;
    }

    KisRecord add(long value) {
        return add(Long.toString(value));
    }

    KisRecord zeros(int count) {
        for (int i = 0; i < count; i++) {
            add("0");
        }
        return this;
    }

    /** Writes a number of so many hundredths, with both digits. */
    KisRecord hundredths(long value) {
        return add(decimal(value, 2));
    }

    static String decimal(long units, int scale) {
        return scale == 0
                ? Long.toString(units)
                : BigDecimal.valueOf(units, scale).toPlainString();
    }

    /** The first fields, and after the last one some that no reader knows. */
    String joined(int width) {
        if (width <= fields.size()) {
            return String.join("^", fields.subList(0, width));
        }
        return String.join("^", fields) + ("^" + NOT_KNOWN_YET).repeat(width - fields.size());
    }
}
