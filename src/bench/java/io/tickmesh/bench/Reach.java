package io.tickmesh.bench;

import java.util.Locale;

/**
 * A figure that is to be reached.
 *
 * @param limit the figure is good up to it, or from it on where more is better
 */
record Reach(String what, double value, double limit, boolean moreIsBetter, String unit) {

    static Reach atMost(String what, double value, double limit, String unit) {
        return new Reach(what, value, limit, false, unit);
    }

    static Reach atLeast(String what, double value, double limit, String unit) {
        return new Reach(what, value, limit, true, unit);
    }

    /** A figure that could not be taken is not reached. */
    boolean reached() {
        return moreIsBetter ? value >= limit : value <= limit;
    }

    /** A row of a table. */
    String row(String scenario) {
        return String.format(
                Locale.ROOT,
                "| %-16s | %-52s | %12s | %s %10s | %-11s |",
                scenario,
                what,
                number(value) + unit,
                moreIsBetter ? "≥" : "≤",
                number(limit) + unit,
                reached() ? "reached" : "NOT reached");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1_000 ? "%.0f" : "%.2f", value);
    }
}
