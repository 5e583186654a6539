package io.tickmesh.upstream.fmp;

import io.tickmesh.upstream.Reading;

/**
 * Reads FMP's {@code t}, whose unit differs by feed: seconds, milliseconds, microseconds, nanoseconds, and a 20-digit
 * form (milliseconds with seven zeros) that no long holds.
 */
final class FmpTime {
    private static final int DIGITS_OF_MICROS = 16;
    private static final long DAY = 86_400_000_000L;

    private FmpTime() {}

    /**
     * Microseconds since 1970, or {@link Reading#NO_TIME} where the unit cannot be told or the time is over a day off.
     *
     * <p>From 2001 to 2286 each unit has its own count of digits, and the first 16 of them, filled up with zeros, are
     * the microseconds.
     */
    static long micros(byte[] text, int offset, int length, long receivedAt) {
        switch (length) {
            case 10, 13, 16, 19, 20 -> {}
            default -> {
                return Reading.NO_TIME;
            }
        }
        long micros = 0;
        for (int i = 0; i < Math.max(length, DIGITS_OF_MICROS); i++) {
            int c = i < length ? text[offset + i] : '0';
            if (c < '0' || c > '9') {
                return Reading.NO_TIME;
            }
            if (i < DIGITS_OF_MICROS) {
                micros = micros * 10 + (c - '0');
            }
        }
        return Math.abs(micros - receivedAt) > DAY ? Reading.NO_TIME : micros;
    }
}
