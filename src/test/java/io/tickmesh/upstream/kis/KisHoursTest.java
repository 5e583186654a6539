package io.tickmesh.upstream.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Instrument;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KisHoursTest {
    private final KisHours hours = new KisHours(Map.of(
            "KR", Set.of(LocalDate.of(2026, 10, 9)),
            "US", Set.of(LocalDate.of(2026, 11, 26))));

    private String why(String topic, String instant) {
        return hours.closedBecause(Topic.parse(topic), Instant.parse(instant).toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        // Mondays in Seoul, nine hours ahead.
        "trade/kis:005930,2026-10-12T00:00:00Z",
        "trade/kis:005930,2026-10-12T07:15:00Z",
        "trade/kis:005930@UN,2026-10-12T10:59:59Z",
        "trade/kis:005930@NXT,2026-10-11T23:00:00Z",
        "trade/kis:005930@NXT,2026-10-12T10:59:59Z",
        // New York is four hours behind in summer and five in winter.
        "trade/kis:NAS.AAPL,2026-10-12T08:00:00Z",
        "trade/kis:NAS.AAPL,2026-10-12T23:59:59Z",
        "trade/kis:NYS.GE,2026-11-02T09:00:00Z",
        "trade/kis:AMS.SPY,2026-11-03T00:59:59Z",
        "trade/kis:BAQ.AAPL,2026-10-12T01:15:00Z",
        "trade/kis:HKS.00700,2026-10-12T02:00:00Z",
        "trade/kis:TSE.7203,2026-10-12T02:00:00Z",
        "trade/kis:SHS.600000,2026-10-12T02:00:00Z",
        "trade/kis:HNX.VCS,2026-10-12T03:00:00Z"
    })
    void shouldBeOpenFromTheFirstSessionToTheLast(String topic, String instant) {
        assertThat(why(topic, instant)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "trade/kis:005930,2026-10-12T06:45:00Z,outside trading hours in Korea",
        "trade/kis:005930,2026-10-12T11:00:00Z,outside trading hours in Korea",
        "trade/kis:005930@NXT,2026-10-11T22:59:59Z,outside trading hours in Korea",
        "trade/kis:005930,2026-10-10T01:00:00Z,weekend in Korea",
        "trade/kis:005930@UN,2026-10-11T01:00:00Z,weekend in Korea",
        "trade/kis:005930@NXT,2026-10-09T01:00:00Z,holiday in Korea",
        "trade/kis:NAS.AAPL,2026-10-12T07:59:59Z,NAS trades from 04:00 to 20:00 America/New_York",
        "trade/kis:NAS.AAPL,2026-10-13T00:00:00Z,NAS trades from 04:00 to 20:00 America/New_York",
        "trade/kis:NAS.AAPL,2026-11-02T08:59:59Z,NAS trades from 04:00 to 20:00 America/New_York",
        "trade/kis:NAS.AAPL,2026-11-03T01:00:00Z,NAS trades from 04:00 to 20:00 America/New_York",
        "trade/kis:NAS.AAPL,2026-11-26T15:00:00Z,NAS is closed for a holiday",
        "trade/kis:NAS.AAPL,2026-10-10T15:00:00Z,NAS is closed at the weekend",
        "trade/kis:BAQ.AAPL,2026-10-12T15:00:00Z,BAQ trades from 09:00 to 18:00 Asia/Seoul"
    })
    void shouldSayWhyAMarketIsClosed(String topic, String instant, String why) {
        assertThat(why(topic, instant)).isEqualTo(why);
    }

    @Test
    void shouldHaveNoHoursForNotices() {
        Topic notices = Topic.of(Kind.NOTICE, new Instrument("kis", "kis-1"));

        assertThat(hours.closedBecause(
                        notices, Instant.parse("2026-10-11T01:00:00Z").toEpochMilli()))
                .isEmpty();
    }
}
