package io.tickmesh.cluster;

/** The rules that keep a lease safe and a pool owned. The model test leaves them out one by one, and must see it. */
enum LeaseRule {
    /** A voter acknowledges nothing below the highest epoch it acknowledged or gave its word to. */
    NEVER_LOWER,
    /** A voter stays with the owner it acknowledged for {@link LeaseTimes#HOLD}. */
    HOLD,
    /** A voter gives its word for an epoch once, to one claimant. */
    ONE_WORD,
    /** A word that came to nothing lapses. */
    WORD_LAPSES,
    /** A voter that has just started only listens. */
    SILENCE,
    /** A claimant needs the word of a quorum before its first heartbeat. */
    WORDS_FIRST,
    /** A claimant acts only when a quorum acknowledged a heartbeat. */
    CONFIRMED_FIRST,
    /** A lease counts from the sending of a heartbeat, not from its acknowledgement. */
    FROM_SENDING,
    /** A lease ends by the wall clock too. */
    WALL_CLOCK,
    /** A lease that ran out is never resumed. */
    NEVER_RESUMED,
    /** An owner that sees a higher epoch, or its own with another node, stops. */
    HIGHER_STOPS,
    /** A release goes out only when the upstream sockets are closed. */
    CLOSED_FIRST,
    /** A member that joins an owner counts once it has acknowledged. */
    NEWCOMERS_LATER
}
