package io.tickmesh.upstream.kis;

import io.tickmesh.market.Topic;
import org.jspecify.annotations.Nullable;

/** How topics are named towards KIS ({@code tr_key}), and how its records name them here. */
final class KisKeys {
    private static final int MARKET_AND_POINT = 4;

    private KisKeys() {}

    /** The venue of a topic of a domestic symbol. */
    static KisVenue venue(Topic topic) {
        @Nullable KisVenue venue = KisVenue.of(topic.venue());
        return venue == null ? KisVenue.KRX : venue;
    }

    /** What {@code tr_key} says for a topic's symbol. */
    static String trKey(Topic topic) {
        String symbol = topic.instrument().symbol();
        @Nullable KisMarket market = KisMarket.of(symbol);
        if (market == null) {
            return symbol;
        }
        char prefix = topic.venue().equals(KisSymbology.REAL_TIME) ? 'R' : market.prefix();
        return prefix + market.name() + symbol.substring(MARKET_AND_POINT);
    }

    /** What {@link io.tickmesh.upstream.Reading#key} says for a topic: the {@code tr_key}, with the domestic venue. */
    static String keyOf(Topic topic) {
        boolean domestic = KisMarket.of(topic.instrument().symbol()) == null;
        String trKey = trKey(topic);
        return domestic && !topic.venue().isEmpty() ? trKey + '@' + topic.venue() : trKey;
    }
}
