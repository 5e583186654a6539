package io.tickmesh.upstream;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * When Korean stocks trade, on either of their venues. KRX has had an after-market since September 2026; its pre-market
 * is not known well enough to be counted.
 */
public final class KoreanHours {
    /** Korea Standard Time, which knows no summer. */
    public static final ZoneOffset ZONE = ZoneOffset.ofHours(9);

    private static final LocalDate AFTER_MARKET_SINCE = LocalDate.of(2026, 9, 14);
    private static final Span REGULAR = new Span(LocalTime.of(9, 0), LocalTime.of(15, 30));
    private static final Span AFTER_MARKET = new Span(LocalTime.of(16, 0), LocalTime.of(20, 0));
    private static final Span ALTERNATIVE = new Span(LocalTime.of(8, 0), LocalTime.of(20, 0));

    /** Where a stock trades. */
    public enum Venue {
        KRX,
        NXT,
        /** Either of them. */
        BOTH
    }

    private record Span(LocalTime from, LocalTime to) {
        boolean has(LocalTime time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    private final Set<LocalDate> holidays;

    /** Hours with these days off besides the weekends. */
    public KoreanHours(Set<LocalDate> holidays) {
        this.holidays = Set.copyOf(holidays);
    }

    /** Why the venue is closed at that time (milliseconds since 1970); empty if it is open. */
    public String closedBecause(Venue venue, long wallMillis) {
        LocalDateTime now = LocalDateTime.ofInstant(Instant.ofEpochMilli(wallMillis), ZONE);
        LocalDate day = now.toLocalDate();
        if (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return "weekend in Korea";
        }
        if (holidays.contains(day)) {
            return "holiday in Korea";
        }
        List<Span> spans = spans(venue, day);
        return spans.stream().anyMatch(span -> span.has(now.toLocalTime())) ? "" : "outside trading hours in Korea";
    }

    private static List<Span> spans(Venue venue, LocalDate day) {
        if (venue != Venue.KRX) {
            return List.of(ALTERNATIVE);
        }
        return day.isBefore(AFTER_MARKET_SINCE) ? List.of(REGULAR) : List.of(REGULAR, AFTER_MARKET);
    }
}
