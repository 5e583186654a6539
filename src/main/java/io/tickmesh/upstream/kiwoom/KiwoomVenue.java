package io.tickmesh.upstream.kiwoom;

import io.tickmesh.upstream.KoreanHours;
import org.jspecify.annotations.Nullable;

/** Where a stock is traded. */
enum KiwoomVenue {
    KRX("", "", KoreanHours.Venue.KRX),
    NXT("NXT", "_NX", KoreanHours.Venue.NXT),
    /** Both together. */
    INTEGRATED("AL", "_AL", KoreanHours.Venue.BOTH);

    private static final KiwoomVenue[] ALL = values();

    private final String word;
    private final String suffix;
    private final KoreanHours.Venue hours;

    KiwoomVenue(String word, String suffix, KoreanHours.Venue hours) {
        this.word = word;
        this.suffix = suffix;
        this.hours = hours;
    }

    /** As topics name it; empty for KRX. */
    String word() {
        return word;
    }

    /** What Kiwoom writes behind the code of a stock. */
    String suffix() {
        return suffix;
    }

    KoreanHours.Venue hours() {
        return hours;
    }

    /** The exchange that its records tell of; null where it may be either. */
    @Nullable
    String exchange() {
        return this == INTEGRATED ? null : name();
    }

    /** The venue that topics name so, or null. */
    static @Nullable KiwoomVenue of(String word) {
        for (KiwoomVenue venue : ALL) {
            if (venue.word.equals(word)) {
                return venue;
            }
        }
        return null;
    }
}
