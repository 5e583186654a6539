package io.tickmesh.sim;

/** Which connections are meant. */
enum UpbitPath {
    ANY,
    PUBLIC,
    PRIVATE;

    boolean includes(UpbitSession.Client client) {
        return this == ANY || (this == PRIVATE) == client.onPrivatePath();
    }
}
