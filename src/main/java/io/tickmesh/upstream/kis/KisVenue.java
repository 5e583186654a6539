package io.tickmesh.upstream.kis;

import org.jspecify.annotations.Nullable;

/** Where a domestic stock is traded. */
enum KisVenue {
    KRX("", "ST", "J"),
    NXT("NXT", "NX", "NX"),
    /** Both together. */
    INTEGRATED("UN", "UN", "UN");

    private static final KisVenue[] ALL = values();

    private final String word;
    private final String letters;
    private final String restCode;

    KisVenue(String word, String letters, String restCode) {
        this.word = word;
        this.letters = letters;
        this.restCode = restCode;
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
