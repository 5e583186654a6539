package io.tickmesh.sim;

import java.util.Arrays;

/** A growing array of ASCII bytes that writes decimals without a double. */
final class Ascii {
    private byte[] bytes = new byte[256];
    private int length;
    private final byte[] digits = new byte[20];

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    Ascii clear() {
        length = 0;
        return this;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    Ascii append(byte[] piece) {
        return append(piece, piece.length);
    }

    Ascii append(byte[] piece, int count) {
        reserve(count);
        System.arraycopy(piece, 0, bytes, length, count);
        length += count;
        return this;
    }

    Ascii append(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
        return this;
    }

    /** Writes {@code units * 10^-scale}, not negative, without zeros at the end of the fraction, as JSON writers do. */
    Ascii append(long units, int scale) {
        long rest = units;
        int fraction = scale;
        while (fraction > 0 && rest % 10 == 0) {
            rest /= 10;
            fraction--;
        }
        int at = digits.length;
        for (int written = 0; rest > 0 || written <= fraction; written++) {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        int count = digits.length - at;
        reserve(count + 1);
        for (int i = 0; i < count; i++) {
            if (i == count - fraction) {
                bytes[length++] = '.';
            }
            bytes[length++] = digits[at + i];
        }
        return this;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
