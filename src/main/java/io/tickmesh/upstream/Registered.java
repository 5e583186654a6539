package io.tickmesh.upstream;

/** What became of a registration. */
enum Registered {
    /** The request has gone out. */
    SENT,
    CONFIRMED,
    REFUSED,
    FULL,
    GONE
}
