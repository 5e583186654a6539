package io.tickmesh.upstream.kis;

import java.util.Map;

/** What an answer to a control frame means, by its {@code msg_cd}. */
enum KisAnswer {
    /** Done; some sources see it for both operations. */
    DONE,
    /** An unregistration was done. */
    REMOVED,
    /** What was asked for was so already. */
    ALREADY_ON,
    ALREADY_OFF,
    /** The session has as many registrations as it may. */
    FULL,
    /** KIS's own trouble: worth asking again later. */
    LATER,
    /** KIS does not know the symbol, or the channel. */
    NO_SUCH_THING,
    /** KIS does not understand what it was sent. */
    NOT_UNDERSTOOD,
    NOT_ALLOWED,
    STALE_KEY,
    ELSEWHERE,
    /** A code that is not documented. */
    OTHER;

    private static final Map<String, KisAnswer> ALL = Map.ofEntries(
            Map.entry("OPSP0000", DONE),
            Map.entry("OPSP0001", REMOVED),
            Map.entry("OPSP0002", ALREADY_ON),
            Map.entry("OPSP0003", ALREADY_OFF),
            Map.entry("OPSP0007", LATER),
            Map.entry("OPSP0008", FULL),
            Map.entry("OPSP0009", LATER),
            Map.entry("OPSP0010", NOT_ALLOWED),
            Map.entry("OPSP0011", STALE_KEY),
            Map.entry("OPSP8991", NO_SUCH_THING),
            Map.entry("OPSP8992", NO_SUCH_THING),
            Map.entry("OPSP8993", NO_SUCH_THING),
            Map.entry("OPSP8994", NOT_UNDERSTOOD),
            Map.entry("OPSP8995", NOT_UNDERSTOOD),
            Map.entry("OPSP8996", ELSEWHERE),
            Map.entry("OPSP8997", NOT_UNDERSTOOD),
            Map.entry("OPSP8998", NOT_UNDERSTOOD),
            Map.entry("OPSP8999", LATER),
            Map.entry("OPSP9990", NOT_UNDERSTOOD),
            Map.entry("OPSP9991", NOT_UNDERSTOOD),
            Map.entry("OPSP9992", NOT_UNDERSTOOD),
            Map.entry("OPSP9993", LATER),
            Map.entry("OPSP9994", NOT_ALLOWED),
            Map.entry("OPSP9995", LATER),
            Map.entry("OPSP9996", NOT_ALLOWED),
            Map.entry("OPSP9997", NOT_UNDERSTOOD),
            Map.entry("OPSP9998", NOT_UNDERSTOOD),
            Map.entry("OPSP9999", NOT_UNDERSTOOD));

    static KisAnswer of(String code) {
        return ALL.getOrDefault(code, OTHER);
    }
}
