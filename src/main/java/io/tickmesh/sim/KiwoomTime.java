package io.tickmesh.sim;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Korean wall-clock time, as the provider writes it and keeps its hours. */
final class KiwoomTime {
    private static final long OFFSET = 9 * 3_600;
    private static final long DAY = 86_400;
    private static final long KRX_OPEN = 9 * 3_600;
    private static final long KRX_CLOSE = 15 * 3_600 + 30 * 60;
    private static final long NXT_OPEN = 8 * 3_600;
    private static final long NXT_CLOSE = 20 * 3_600;
    private static final long THURSDAY = 4;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(9));

    private KiwoomTime() {}

    static String stamp(long ms) {
        return STAMP.format(Instant.ofEpochMilli(ms));
    }

    static String hhmmss(long second) {
        long of = secondOfDay(second);
        char[] digits = new char[6];
        put(digits, 0, of / 3_600);
        put(digits, 2, of / 60 % 60);
        put(digits, 4, of % 60);
        return new String(digits);
    }

    private static void put(char[] digits, int at, long value) {
        digits[at] = (char) ('0' + value / 10);
        digits[at + 1] = (char) ('0' + value % 10);
    }

    private static long secondOfDay(long second) {
        return Math.floorMod(second + OFFSET, DAY);
    }

    /** The second of the midnight before. */
    static long midnight(long second) {
        return second - secondOfDay(second);
    }

    /** FID 290 of a market that keeps its hours: 1 before, 2 during, 3 after the regular session. */
    static String session(long second) {
        long of = secondOfDay(second);
        if (of < KRX_OPEN) {
            return "1";
        }
        return of < KRX_CLOSE ? "2" : "3";
    }

    static boolean isOpen(KiwoomStreamSettings.Market market, KiwoomItem.Venue venue, long second) {
        return switch (market) {
            case OPEN -> true;
            case CLOSED -> false;
            case CLOCK -> {
                long weekday = Math.floorMod(Math.floorDiv(second + OFFSET, DAY) + THURSDAY, 7);
                long of = secondOfDay(second);
                boolean hours = venue == KiwoomItem.Venue.KRX
                        ? of >= KRX_OPEN && of < KRX_CLOSE
                        : of >= NXT_OPEN && of < NXT_CLOSE;
                yield weekday != 0 && weekday != 6 && hours;
            }
        };
    }
}
