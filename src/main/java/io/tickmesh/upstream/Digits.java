package io.tickmesh.upstream;

import io.tickmesh.market.Decimal;
import org.jspecify.annotations.Nullable;

/** One number, read from a provider's bytes without an object of its own; filled again and again. */
public final class Digits {
    private static final int MOST_SCALE = 30;

    /** So many digits always fit into a long. */
    private static final int SAFE_DIGITS = 18;

    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
        }
    }

    private long unscaled;
    private int scale;
    private boolean present;
    /** Whether digits were left away because a long holds no more. */
    private boolean cut;

    /**
     * Reads a number in decimal or exponent form; spaces around it and a leading {@code +} are let be. Fraction digits
     * beyond what a long holds, or beyond 30 places, are cut off. Nothing but spaces is no number, and no error either.
     *
     * @return false if the bytes are no number, or if what stands before the point, or all of it, is too large for a
     *     long, or if an exponent has more than three digits
     */
    public boolean read(byte[] text, int from, int to) {
        int at = from;
        int end = to;
        while (at < end && text[at] == ' ') {
            at++;
        }
        while (end > at && text[end - 1] == ' ') {
            end--;
        }
        boolean anything = at < end;
        present = anything && readDigits(text, at, end);
        return present || !anything;
    }

    private boolean readDigits(byte[] text, int from, int end) {
        int at = from;
        boolean negative = text[at] == '-';
        if (negative || text[at] == '+') {
            at++;
        }
        long value = 0;
        int fraction = 0;
        int digits = 0;
        boolean point = false;
        boolean full = false;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                full |= ++digits > SAFE_DIGITS && value > (Long.MAX_VALUE - digit) / 10;
                if (full && !point) {
                    return false;
                }
                if (!full) {
                    value = value * 10 + digit;
                    fraction += point ? 1 : 0;
                }
            } else if (text[at] == '.' && !point && digits > 0) {
                point = true;
            } else {
                break;
            }
        }
        unscaled = negative ? -value : value;
        scale = fraction;
        cut = full;
        boolean sound = digits > 0 && text[at - 1] != '.';
        return sound && (at == end ? shift(0) : readExponent(text, at, end));
    }

    private boolean readExponent(byte[] text, int from, int end) {
        int at = from + 1;
        if ((text[from] != 'e' && text[from] != 'E') || at == end) {
            return false;
        }
        boolean negative = text[at] == '-';
        if (negative || text[at] == '+') {
            at++;
        }
        if (at == end || end - at > 3) {
            return false;
        }
        int exponent = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            exponent = exponent * 10 + digit;
        }
        return shift(negative ? -exponent : exponent);
    }

    private boolean shift(int exponent) {
        scale -= exponent;
        while (scale > MOST_SCALE && unscaled != 0) {
            unscaled /= 10;
            scale--;
        }
        if (unscaled == 0) {
            scale = Math.min(Math.max(scale, 0), MOST_SCALE);
            return true;
        }
        if (scale >= 0) {
            return true;
        }
        if (cut) {
            return false;
        }
        if (-scale >= POWERS_OF_TEN.length || Math.abs(unscaled) > Long.MAX_VALUE / POWERS_OF_TEN[-scale]) {
            return false;
        }
        unscaled *= POWERS_OF_TEN[-scale];
        scale = 0;
        return true;
    }

    /** Whether there was a number at all. */
    public boolean present() {
        return present;
    }

    public long unscaled() {
        return unscaled;
    }

    public int scale() {
        return scale;
    }

    /** Takes the sign away, where it only tells a direction. */
    public void abs() {
        unscaled = Math.abs(unscaled);
    }

    public void negate() {
        unscaled = -unscaled;
    }

    /** The number, or null if there was none. */
    public @Nullable Decimal decimal() {
        return present ? new Decimal(unscaled, scale) : null;
    }
}
