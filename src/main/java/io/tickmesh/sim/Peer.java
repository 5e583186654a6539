package io.tickmesh.sim;

/** One connection, as the provider at its other end sees it. Time is an argument. */
interface Peer {
    void onText(String text, long now);

    /** Bytes; a provider whose language is text leaves them alone. */
    default void onBinary(byte[] payload, long now) {}

    /** A protocol ping, which has been answered already. */
    void onPing(long now);

    default void onPong(byte[] payload, long now) {}

    /** The connection is over, whoever ended it; told more than once perhaps. */
    void ended(String reason, long now);
}
