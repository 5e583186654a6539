package io.tickmesh.market;

/**
 * The data state of a topic, why it is so, and since when (milliseconds since 1970).
 */
public record TopicState(DataState state, String reason, long since) {
    /** Whether both say the same, whenever they began. */
    public boolean says(DataState otherState, String otherReason) {
        return state == otherState && reason.equals(otherReason);
    }
}
