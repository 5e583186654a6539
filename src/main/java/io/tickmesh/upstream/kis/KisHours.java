package io.tickmesh.upstream.kis;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.KoreanHours;
import io.tickmesh.upstream.TradingHours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When KIS's markets trade, from the first session of a day to its last: auctions, sessions before and after the main
 * one included. Breaks within a day, and days that end early, count as open.
 */
public final class KisHours implements TradingHours {
    private static final String KOREA = "KR";

    /** The hours of a market, on days of its own zone. */
    private record Day(String country, ZoneId zone, LocalTime from, LocalTime to) {
        Day(String country, String zone, String from, String to) {
            this(country, ZoneId.of(zone), LocalTime.parse(from), LocalTime.parse(to));
        }
    }

    private static final Day US = new Day("US", "America/New_York", "04:00", "20:00");
    private static final Day US_BY_DAY = new Day("US", "Asia/Seoul", "09:00", "18:00");

    /** A quarter of an hour longer than they trade, since their free feeds are late by so much. */
    private static final Map<String, Day> ASIA = Map.of(
            "HK", new Day("HK", "Asia/Hong_Kong", "09:00", "16:30"),
            "JP", new Day("JP", "Asia/Tokyo", "08:00", "15:45"),
            "CN", new Day("CN", "Asia/Shanghai", "09:15", "15:15"),
            "VN", new Day("VN", "Asia/Ho_Chi_Minh", "09:00", "15:15"));

    private final Map<String, Set<LocalDate>> holidays;
    private final KoreanHours korea;

    /** Hours without holidays. */
    public KisHours() {
        this(Map.of());
    }

    /** Hours with the holidays of countries: {@code KR}, {@code US}, {@code HK}, {@code JP}, {@code CN}, {@code VN}. */
    public KisHours(Map<String, Set<LocalDate>> holidays) {
        Map<String, Set<LocalDate>> copy = new HashMap<>();
        holidays.forEach((country, days) -> copy.put(country, Set.copyOf(days)));
        this.holidays = Map.copyOf(copy);
        this.korea = new KoreanHours(holidays.getOrDefault(KOREA, Set.of()));
    }

    @Override
    public String closedBecause(Topic topic, long wallMillis) {
        if (topic.kind() == Kind.NOTICE) {
            return "";
        }
        @Nullable KisMarket market = KisMarket.of(topic.instrument().symbol());
        if (market == null) {
            return korea.closedBecause(KisKeys.venue(topic).hours(), wallMillis);
        }
        Day day = overseas(market);
        String why = why(day, Instant.ofEpochMilli(wallMillis).atZone(day.zone));
        return why.isEmpty() ? "" : market.name() + ' ' + why;
    }

    private static Day overseas(KisMarket market) {
        return market.isByDay() ? US_BY_DAY : ASIA.getOrDefault(market.country(), US);
    }

    private String why(Day day, ZonedDateTime now) {
        LocalDate date = now.toLocalDate();
        if (date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return "is closed at the weekend";
        }
        if (holidays.getOrDefault(day.country, Set.of()).contains(date)) {
            return "is closed for a holiday";
        }
        LocalTime time = now.toLocalTime();
        boolean open = !time.isBefore(day.from) && time.isBefore(day.to);
        return open ? "" : "trades from " + day.from + " to " + day.to + ' ' + day.zone.getId();
    }
}
