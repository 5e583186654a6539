package io.tickmesh.sim;

import java.math.BigDecimal;

/** How a number is written: always the same value, but as {@code 12}, {@code 12.0}, {@code 1.2E1} or {@code 1.2e-05}. */
enum UpbitNumbers {
    /** Digits and a point where there is a fraction. */
    PLAIN,
    /** All forms that readers of JSON must know, in turn by chance. */
    MIXED;

    private static final BigDecimal SMALL = new BigDecimal("0.001");
    private static final int EXPONENT_EVERY = 7;

    /** Writes a number; the same chance gives the same form. */
    void append(StringBuilder out, BigDecimal value, long chance) {
        BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (this == PLAIN) {
            out.append(stripped.toPlainString());
            return;
        }
        long form = Hash.below(chance, EXPONENT_EVERY);
        boolean small = stripped.signum() != 0 && stripped.abs().compareTo(SMALL) < 0;
        if (small && form != 0) {
            int exponent = appendDigits(out, stripped);
            out.append("e-").append(exponent > -10 ? "0" : "").append(-exponent);
        } else if (!small && form == 0 && stripped.signum() != 0) {
            int exponent = appendDigits(out, stripped);
            out.append('E').append(exponent);
        } else {
            out.append(stripped.toPlainString());
            if (stripped.scale() <= 0 && (form & 1) == 1) {
                out.append(".0");
            }
        }
    }

    /** Writes the digits with the point behind the first one; gives back the exponent. */
    private static int appendDigits(StringBuilder out, BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        out.append(value.movePointLeft(exponent).toPlainString());
        return exponent;
    }
}
