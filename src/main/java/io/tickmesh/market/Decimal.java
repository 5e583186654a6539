package io.tickmesh.market;

import java.math.BigDecimal;

/**
 * A number with exactly the digits that a provider sent: {@code unscaled * 10^-scale}.
 *
 * <p>Equality is by digits ({@code 201.30} is not {@code 201.3}), order is by value.
 */
public record Decimal(long unscaled, int scale) implements Comparable<Decimal> {
    private static final int MAX_SCALE = 64;
    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
        }
    }

    public Decimal {
        if (scale < 0 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("scale must be 0.." + MAX_SCALE + ": " + scale);
        }
    }

    public static Decimal of(long whole) {
        return new Decimal(whole, 0);
    }

    public static Decimal parse(CharSequence text) {
        char[] chars = text.toString().toCharArray();
        return parse(chars, 0, chars.length);
    }

    /**
     * Reads a JSON number (a leading {@code +} is allowed too: some providers sign their rises).
     *
     * @throws NumberFormatException if it is no number, or has more digits than a long holds
     */
    public static Decimal parse(char[] text, int offset, int length) {
        int end = offset + length;
        int at = offset;
        boolean negative = at < end && text[at] == '-';
        if (at < end && (text[at] == '-' || text[at] == '+')) {
            at++;
        }
        long unscaled = 0;
        int scale = 0;
        int digits = 0;
        boolean fraction = false;
        for (; at < end; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9') {
                unscaled = appendDigit(unscaled, c - '0', text, offset, length);
                digits++;
                scale += fraction ? 1 : 0;
            } else if (c == '.' && !fraction && digits > 0) {
                fraction = true;
            } else {
                break;
            }
        }
        if (digits == 0 || (fraction && scale == 0)) {
            throw notANumber(text, offset, length);
        }
        int exponent = at < end ? exponent(text, offset, at, length) : 0;
        return scaled(negative ? -unscaled : unscaled, scale - exponent, text, offset, length);
    }

    private static long appendDigit(long unscaled, int digit, char[] text, int offset, int length) {
        if (unscaled > (Long.MAX_VALUE - digit) / 10) {
            throw new NumberFormatException("more digits than are kept: " + excerpt(text, offset, length));
        }
        return unscaled * 10 + digit;
    }

    private static int exponent(char[] text, int offset, int at, int length) {
        int end = offset + length;
        int next = at + 1;
        if ((text[at] != 'e' && text[at] != 'E') || next >= end) {
            throw notANumber(text, offset, length);
        }
        boolean negative = text[next] == '-';
        if (text[next] == '-' || text[next] == '+') {
            next++;
        }
        if (next >= end || end - next > 3) {
            throw notANumber(text, offset, length);
        }
        int value = 0;
        for (; next < end; next++) {
            if (text[next] < '0' || text[next] > '9') {
                throw notANumber(text, offset, length);
            }
            value = value * 10 + text[next] - '0';
        }
        return negative ? -value : value;
    }

    private static Decimal scaled(long unscaled, int scale, char[] text, int offset, int length) {
        if (unscaled == 0) {
            return new Decimal(0, Math.min(Math.max(scale, 0), MAX_SCALE));
        }
        if (scale > MAX_SCALE || -scale >= POWERS_OF_TEN.length) {
            throw new NumberFormatException("out of range: " + excerpt(text, offset, length));
        }
        if (scale >= 0) {
            return new Decimal(unscaled, scale);
        }
        long factor = POWERS_OF_TEN[-scale];
        if (Math.abs(unscaled) > Long.MAX_VALUE / factor) {
            throw new NumberFormatException("out of range: " + excerpt(text, offset, length));
        }
        return new Decimal(unscaled * factor, 0);
    }

    private static NumberFormatException notANumber(char[] text, int offset, int length) {
        return new NumberFormatException("not a number: '" + excerpt(text, offset, length) + "'");
    }

    private static String excerpt(char[] text, int offset, int length) {
        return length <= 40 ? new String(text, offset, length) : new String(text, offset, 40) + "...";
    }

    /** The middle of two numbers, exactly. */
    public static Decimal middle(Decimal a, Decimal b) {
        BigDecimal middle = a.toBigDecimal().add(b.toBigDecimal()).multiply(BigDecimal.valueOf(5, 1));
        int scale = Math.max(a.scale, b.scale);
        BigDecimal shortest = middle.stripTrailingZeros();
        BigDecimal kept = shortest.setScale(Math.max(shortest.scale(), scale));
        return new Decimal(kept.unscaledValue().longValueExact(), kept.scale());
    }

    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(unscaled, scale);
    }

    /** Appends the plain decimal digits, never an exponent; this is also a JSON number. */
    public void appendTo(StringBuilder out) {
        if (scale == 0) {
            out.append(unscaled);
            return;
        }
        if (unscaled < 0) {
            out.append('-');
        }
        int start = out.length();
        out.append(unscaled == Long.MIN_VALUE ? "9223372036854775808" : Long.toString(Math.abs(unscaled)));
        int missing = scale + 1 - (out.length() - start);
        for (int i = 0; i < missing; i++) {
            out.insert(start, '0');
        }
        out.insert(out.length() - scale, '.');
    }

    @Override
    public int compareTo(Decimal other) {
        return scale == other.scale
                ? Long.compare(unscaled, other.unscaled)
                : toBigDecimal().compareTo(other.toBigDecimal());
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(24);
        appendTo(out);
        return out.toString();
    }
}
