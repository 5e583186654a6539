package io.tickmesh.upstream.kis;

import io.tickmesh.upstream.Reading;

/**
 * Reads KIS's clock: Seoul's time to the second, {@code HHmmss}, with a date {@code yyyyMMdd} or without. Seoul knows no
 * summer time.
 */
final class KisTime {
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final long SEOUL_AHEAD = 9 * HOUR;

    /** Further off than this is a clock of another zone, or another day's. */
    private static final long MOST_OFF = 600 * SECOND;

    private KisTime() {}

    /**
     * Microseconds since 1970 or {@link Reading#NO_TIME}; the day is the one that is nearest to the receive time.
     *
     * @param clock HHmmss, or negative
     */
    static long micros(int clock, long receivedAt) {
        long ofDay = ofDay(clock);
        if (ofDay < 0) {
            return Reading.NO_TIME;
        }
        long time = Math.floorDiv(receivedAt + SEOUL_AHEAD, DAY) * DAY + ofDay - SEOUL_AHEAD;
        if (time - receivedAt > DAY / 2) {
            time -= DAY;
        } else if (receivedAt - time > DAY / 2) {
            time += DAY;
        }
        return believable(time, receivedAt, 0);
    }

    /**
     * Microseconds since 1970 or {@link Reading#NO_TIME}.
     *
     * @param date yyyyMMdd, or negative
     * @param clock HHmmss, or negative
     * @param delay how late the feed is by its nature
     */
    static long micros(int date, int clock, long receivedAt, long delay) {
        long ofDay = ofDay(clock);
        return ofDay < 0 || date < 0
                ? Reading.NO_TIME
                : believable(daysSince1970(date) * DAY + ofDay - SEOUL_AHEAD, receivedAt, delay);
    }

    private static long believable(long time, long receivedAt, long delay) {
        return time > receivedAt + MOST_OFF || time < receivedAt - MOST_OFF - delay ? Reading.NO_TIME : time;
    }

    private static long ofDay(int clock) {
        int hours = clock / 10_000;
        int minutes = clock / 100 % 100;
        int seconds = clock % 100;
        boolean sound = clock >= 0 && hours < 24 && minutes < 60 && seconds < 60;
        return sound ? hours * HOUR + (minutes * 60 + seconds) * SECOND : -1;
    }

    /** Counted in years that begin in March, so that the leap day is the last of its year. */
    private static int daysSince1970(int date) {
        int month = date / 100 % 100;
        int year = date / 10_000 - (month <= 2 ? 1 : 0);
        int fromMarch = (month + 9) % 12;
        int dayOfYear = (153 * fromMarch + 2) / 5 + date % 100 - 1;
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468;
    }
}
