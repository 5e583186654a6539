package io.tickmesh.upstream.kis;

import io.tickmesh.upstream.Digits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of a frame, whose records follow each other without a mark; filled again for each frame. */
final class KisFields {
    private static final int USUAL = 512;

    /** What a burst makes larger than this is given back. */
    private static final int MOST_KEPT = 16_384;

    private byte[] bytes = {};

    /** Where each field begins; the end of the last one is told by a field more. */
    private int[] starts = new int[USUAL];

    private int count;
    private int record;

    /** Begins with other bytes; an empty field counts, at the end as well. */
    void split(byte[] text, int from, int to) {
        if (starts.length > MOST_KEPT) {
            starts = new int[USUAL];
        }
        bytes = text;
        record = 0;
        int found = 0;
        starts[found++] = from;
        for (int i = from; i < to; i++) {
            if (text[i] == '^') {
                if (found + 1 == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * found + 2);
                }
                starts[found++] = i + 1;
            }
        }
        starts[found] = to + 1;
        count = found;
    }

    int count() {
        return count;
    }

    /** From now on fields are counted from this one. */
    void record(int firstField) {
        record = firstField;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int field) {
        return starts[record + field];
    }

    int end(int field) {
        return starts[record + field + 1] - 1;
    }

    /** Reads a field; false if there is something that is no number. */
    boolean number(int field, Digits digits) {
        return digits.read(bytes, start(field), end(field));
    }

    /** The only character of a field; 0 if it has none or more. */
    char only(int field) {
        int start = start(field);
        return end(field) - start == 1 ? (char) bytes[start] : 0;
    }

    /** A field of so many digits and nothing else, or -1. */
    int digits(int field, int length) {
        int start = start(field);
        if (end(field) - start != length) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < start + length; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    String text(int field) {
        return new String(bytes, start(field), end(field) - start(field), StandardCharsets.UTF_8);
    }
}
