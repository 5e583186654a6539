package io.tickmesh.upstream.kis;

import io.tickmesh.upstream.KoreanHours;
import org.jspecify.annotations.Nullable;

/** Where a domestic stock is traded. */
enum KisVenue {
    KRX("", "ST", "J", KoreanHours.Venue.KRX),
    NXT("NXT", "NX", "NX", KoreanHours.Venue.NXT),
    /** Both together. */
    INTEGRATED("UN", "UN", "UN", KoreanHours.Venue.BOTH);

    private static final KisVenue[] ALL = values();

    private final String word;
    private final String letters;
    private final String restCode;
    private final KoreanHours.Venue hours;

    KisVenue(String word, String letters, String restCode, KoreanHours.Venue hours) {
        this.word = word;
        this.letters = letters;
        this.restCode = restCode;
        this.hours = hours;
    }

    /** As topics name it; empty for KRX. */
    String word() {
        return word;
    }

    /** What its channels have behind {@code H0}. */
    String letters() {
        return letters;
    }

    /** {@code FID_COND_MRKT_DIV_CODE}. */
    String restCode() {
        return restCode;
    }

    /** Whose hours it keeps. */
    KoreanHours.Venue hours() {
        return hours;
    }

    /** The exchange that its records tell of; null where it may be either. */
    @Nullable
    String exchange() {
        return this == INTEGRATED ? null : name();
    }

    /** The venue that topics name so, or null. */
    static @Nullable KisVenue of(String word) {
        for (KisVenue venue : ALL) {
            if (venue.word.equals(word)) {
                return venue;
            }
        }
        return null;
    }
}
