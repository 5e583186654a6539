package io.tickmesh.upstream.kis;

import org.jspecify.annotations.Nullable;

/** What KIS sends, by {@code tr_id}; records may become wider at any time, but never narrower than this. */
enum KisChannel {
    H0STCNT0(Sort.TRADE, 46, KisVenue.KRX),
    H0NXCNT0(Sort.TRADE, 46, KisVenue.NXT),
    H0UNCNT0(Sort.TRADE, 46, KisVenue.INTEGRATED),
    H0STASP0(Sort.BOOK, 59, KisVenue.KRX),
    H0NXASP0(Sort.BOOK, 59, KisVenue.NXT),
    H0UNASP0(Sort.BOOK, 59, KisVenue.INTEGRATED),
    H0STANC0(Sort.EXPECTED, 45, KisVenue.KRX),
    H0NXANC0(Sort.EXPECTED, 45, KisVenue.NXT),
    H0UNANC0(Sort.EXPECTED, 45, KisVenue.INTEGRATED),
    H0STMKO0(Sort.STATUS, 10, KisVenue.KRX),
    H0NXMKO0(Sort.STATUS, 10, KisVenue.NXT),
    H0UNMKO0(Sort.STATUS, 10, KisVenue.INTEGRATED),
    HDFSCNT0(Sort.OVERSEAS_TRADE, 26, KisVenue.KRX),
    HDFSASP0(Sort.OVERSEAS_BOOK, 17, KisVenue.KRX),
    HDFSASP1(Sort.OVERSEAS_BOOK, 17, KisVenue.KRX),
    H0STCNI0(Sort.NOTICE, 26, KisVenue.KRX),
    H0STCNI9(Sort.NOTICE, 26, KisVenue.KRX);

    /** What its records are. */
    enum Sort {
        TRADE,
        BOOK,
        EXPECTED,
        STATUS,
        OVERSEAS_TRADE,
        OVERSEAS_BOOK,
        NOTICE
    }

    private static final int LETTERS = 8;
    private static final KisChannel[] ALL = values();
    private static final long[] PACKED = new long[ALL.length];

    static {
        for (int i = 0; i < ALL.length; i++) {
            long packed = 0;
            for (char letter : ALL[i].name().toCharArray()) {
                packed = (packed << Byte.SIZE) | letter;
            }
            PACKED[i] = packed;
        }
    }

    private final Sort sort;
    private final int fewestFields;
    private final KisVenue venue;

    KisChannel(Sort sort, int fewestFields, KisVenue venue) {
        this.sort = sort;
        this.fewestFields = fewestFields;
        this.venue = venue;
    }

    Sort sort() {
        return sort;
    }

    int fewestFields() {
        return fewestFields;
    }

    /** Only of meaning where the records are of domestic stocks. */
    KisVenue venue() {
        return venue;
    }

    /** The channel whose {@code tr_id} stands there, or null. */
    static @Nullable KisChannel of(byte[] text, int from, int to) {
        if (to - from != LETTERS) {
            return null;
        }
        long packed = 0;
        for (int i = from; i < to; i++) {
            packed = (packed << Byte.SIZE) | (text[i] & 0xFF);
        }
        for (int i = 0; i < PACKED.length; i++) {
            if (PACKED[i] == packed) {
                return ALL[i];
            }
        }
        return null;
    }

    /** The channel of a domestic stock. */
    static String trId(KisVenue venue, String letters) {
        return "H0" + venue.letters() + letters;
    }
}
