package io.tickmesh.sim;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The wall clock of the Korean exchanges. */
final class KisTime {
    static final ZoneId KOREA = ZoneId.of("Asia/Seoul");
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
    static final DateTimeFormatter BOTH = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    static final DateTimeFormatter READABLE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private KisTime() {}

    static LocalDateTime in(ZoneId zone, long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
    }

    /** Whether a weekday's clock is within these times of day, as hours and minutes in one number. */
    static boolean within(long millis, int from, int to) {
        LocalDateTime time = in(KOREA, millis);
        int clock = time.getHour() * 100 + time.getMinute();
        return time.getDayOfWeek().getValue() < DayOfWeek.SATURDAY.getValue() && clock >= from && clock < to;
    }
}
