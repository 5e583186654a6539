package io.tickmesh.sim;

import java.nio.charset.StandardCharsets;

/** The units in which FMP's feeds write {@code t}. */
enum FmpTime {
    S,
    MS,
    US,
    NS,
    /** Milliseconds followed by seven zeros; more than a long holds. */
    DIGITS20;

    private static final byte[] SEVEN_ZEROS = "0000000".getBytes(StandardCharsets.US_ASCII);

    void append(Ascii out, long nanos) {
        switch (this) {
            case S -> out.append(nanos / 1_000_000_000, 0);
            case MS -> out.append(nanos / 1_000_000, 0);
            case US -> out.append(nanos / 1_000, 0);
            case NS -> out.append(nanos, 0);
            case DIGITS20 -> out.append(nanos / 1_000_000, 0).append(SEVEN_ZEROS);
        }
    }
}
