package io.tickmesh.upstream.kiwoom;

import io.tickmesh.upstream.Reading;

/** Reads Kiwoom's clock: Seoul's time to the second, {@code HHmmss} without a date. Seoul knows no summer time. */
final class KiwoomTime {
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final long SEOUL_AHEAD = 9 * HOUR;
    private static final int DIGITS = 6;

    /** Further off than this is a clock of another zone, or another day's. */
    private static final long MOST_OFF = 600 * SECOND;

    private KiwoomTime() {}

    /** Microseconds since 1970, of the day that is nearest to the receive time; or {@link Reading#NO_TIME}. */
    static long nearest(byte[] text, int from, int to, long receivedAt) {
        long ofDay = ofDay(text, from, to);
        if (ofDay < 0) {
            return Reading.NO_TIME;
        }
        long time = dayOf(receivedAt) * DAY + ofDay - SEOUL_AHEAD;
        if (time - receivedAt > DAY / 2) {
            time -= DAY;
        } else if (receivedAt - time > DAY / 2) {
            time += DAY;
        }
        return time;
    }

    /** The time, or {@link Reading#NO_TIME} where it is too far from the receive time. */
    static long believable(long time, long receivedAt) {
        return time != Reading.NO_TIME && Math.abs(time - receivedAt) <= MOST_OFF ? time : Reading.NO_TIME;
    }

    /** Which day it is in Seoul, counted from 1970. */
    static long dayOf(long micros) {
        return Math.floorDiv(micros + SEOUL_AHEAD, DAY);
    }

    private static long ofDay(byte[] text, int from, int to) {
        if (to - from != DIGITS) {
            return -1;
        }
        int clock = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            clock = clock * 10 + digit;
        }
        int hours = clock / 10_000;
        int minutes = clock / 100 % 100;
        int seconds = clock % 100;
        boolean sound = hours < 24 && minutes < 60 && seconds < 60;
        return sound ? hours * HOUR + (minutes * 60 + seconds) * SECOND : -1;
    }
}
