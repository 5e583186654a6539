package io.tickmesh.upstream.upbit;

import io.tickmesh.upstream.Reading;

/** Reads Upbit's two ways to write a time. */
final class UpbitTime {
    private static final long MICROS = 1_000_000;
    /** Further off than this is a clock of another zone. */
    private static final long MOST_OFF = 600 * MICROS;

    private static final long MOST_MILLIS = 100_000_000_000_000L;
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";
    private static final int DAYS_TO_1970 = 719_468;

    private UpbitTime() {}

    /**
     * Microseconds of a time in milliseconds, or {@link Reading#NO_TIME} if it is none or lies over ten minutes ahead.
     * It may lie far back: a snapshot repeats the last trade, and that may be days old.
     */
    static long ofMillis(long millis, long receivedAt) {
        boolean sound = millis > 0 && millis < MOST_MILLIS && millis * 1000 - receivedAt <= MOST_OFF;
        return sound ? millis * 1000 : Reading.NO_TIME;
    }

    /** The time, or {@link Reading#NO_TIME} where that of news is too far from the receive time. */
    static long believable(long time, long receivedAt) {
        return time != Reading.NO_TIME && Math.abs(time - receivedAt) <= MOST_OFF ? time : Reading.NO_TIME;
    }

    /** Microseconds of a date and time of UTC, like {@code 2027-11-27T08:00:00}, or {@link Reading#NO_TIME}. */
    static long ofText(byte[] text, int from, int to) {
        if (to - from != SHAPE.length()) {
            return Reading.NO_TIME;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            byte c = text[from + i];
            boolean fits = SHAPE.charAt(i) == 'd' ? c >= '0' && c <= '9' : c == SHAPE.charAt(i);
            if (!fits) {
                return Reading.NO_TIME;
            }
        }
        int month = two(text, from + 5);
        int day = two(text, from + 8);
        int hour = two(text, from + 11);
        int minute = two(text, from + 14);
        int second = two(text, from + 17);
        if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) {
            return Reading.NO_TIME;
        }
        int year = 100 * two(text, from) + two(text, from + 2);
        return ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 * MICROS + second * MICROS;
    }

    private static int two(byte[] text, int at) {
        return 10 * (text[at] - '0') + text[at + 1] - '0';
    }

    /** Days since 1970 in the Gregorian calendar; years are counted from March, so that a leap day is the last. */
    private static long days(int year, int month, int day) {
        long years = month > 2 ? year : year - 1;
        long months = month > 2 ? month - 3 : month + 9;
        long leapDays = years / 4 - years / 100 + years / 400;
        return years * 365 + leapDays + (153 * months + 2) / 5 + day - 1 - DAYS_TO_1970;
    }
}
