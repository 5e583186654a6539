package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KoreanHoursTest {
    private final KoreanHours hours = new KoreanHours(Set.of(LocalDate.of(2026, 12, 25)));

    @ParameterizedTest
    @CsvSource({
        "KRX,2026-11-20T09:00:00.000,''",
        "KRX,2026-11-20T15:29:59.999,''",
        "KRX,2026-11-20T08:59:59.999,outside trading hours in Korea",
        "KRX,2026-11-20T15:30:00.000,outside trading hours in Korea",
        "KRX,2026-11-20T16:00:00.000,''",
        "KRX,2026-11-20T19:59:59.999,''",
        "KRX,2026-11-20T20:00:00.000,outside trading hours in Korea",
        "KRX,2026-09-11T16:00:00.000,outside trading hours in Korea",
        "KRX,2026-09-14T16:00:00.000,''",
        "NXT,2026-11-20T08:00:00.000,''",
        "NXT,2026-11-20T15:45:00.000,''",
        "NXT,2026-11-20T07:59:59.999,outside trading hours in Korea",
        "NXT,2026-11-20T20:00:00.000,outside trading hours in Korea",
        "BOTH,2026-11-20T08:30:00.000,''",
        "KRX,2026-11-21T10:00:00.000,weekend in Korea",
        "NXT,2026-11-22T10:00:00.000,weekend in Korea",
        "BOTH,2026-12-25T10:00:00.000,holiday in Korea",
        "KRX,2026-12-24T10:00:00.000,''",
    })
    void shouldKnowWhenAVenueIsClosed(KoreanHours.Venue venue, LocalDateTime inKorea, String why) {
        long millis = inKorea.toInstant(KoreanHours.ZONE).toEpochMilli();

        assertThat(hours.closedBecause(venue, millis)).isEqualTo(why);
    }
}
