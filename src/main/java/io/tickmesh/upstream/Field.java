package io.tickmesh.upstream;

/** The numbers that a {@link Reading} may carry. Rates are percent; changes are signed. */
public enum Field {
    PRICE,
    SIZE,
    BID_PRICE,
    BID_SIZE,
    ASK_PRICE,
    ASK_SIZE,
    CHANGE,
    CHANGE_RATE,
    OPEN,
    HIGH,
    LOW,
    PREVIOUS_CLOSE,
    VOLUME,
    AMOUNT,
    VOLUME_24H,
    AMOUNT_24H,
    ASK_TOTAL,
    BID_TOTAL;

    /** Its place in a {@link Reading}, which is never written down. */
    @SuppressWarnings("EnumOrdinal")
    int place() {
        return ordinal();
    }
}
