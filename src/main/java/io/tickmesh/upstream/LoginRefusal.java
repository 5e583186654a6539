package io.tickmesh.upstream;

/** Why a provider does not let a session in, or throws it out: it decides when to come back. */
public enum LoginRefusal {
    /** The key or its plan: nothing changes by asking again soon. */
    NOT_ALLOWED,
    /** The account is used by another session: coming back at once would start a fight. */
    ELSEWHERE,
    /** The provider does not know the token: worth one fresh token, then as {@link #NOT_ALLOWED}. */
    STALE_TOKEN,
    /** The provider's own trouble: as good as a lost connection. */
    TEMPORARY
}
