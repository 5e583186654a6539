package io.tickmesh.upstream.kiwoom;

import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.KoreanHours;
import io.tickmesh.upstream.TradingHours;
import org.jspecify.annotations.Nullable;

/** When what Kiwoom tells of may change: stocks at the hours of their venue, accounts at any time. */
final class KiwoomHours implements TradingHours {
    private final KoreanHours hours;

    KiwoomHours(KoreanHours hours) {
        this.hours = hours;
    }

    @Override
    public String closedBecause(Topic topic, long wallMillis) {
        if (topic.kind() == Kind.NOTICE) {
            return "";
        }
        @Nullable KiwoomVenue venue = KiwoomVenue.of(topic.venue());
        return hours.closedBecause(venue == null ? KoreanHours.Venue.BOTH : venue.hours(), wallMillis);
    }
}
