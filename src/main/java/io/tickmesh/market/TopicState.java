package io.tickmesh.market;

/**
 * The data state of a topic, why it is so, and since when (milliseconds since 1970).
 */
public record TopicState(DataState state, String reason, long since) {
    /** How the reason begins where all registrations of the account are others'. */
    public static final String NO_SLOT = "no slot";

    /** Whether all registrations of the account are others', so that it cannot come by the socket. */
    public boolean lacksSlot() {
        return reason.startsWith(NO_SLOT);
    }

    /** Whether both say the same, whenever they began. */
    public boolean says(DataState otherState, String otherReason) {
        return state == otherState && reason.equals(otherReason);
    }
}
