package io.tickmesh.upstream;

/** What became of a registration. */
enum Registered {
    CONFIRMED,
    REFUSED,
    FULL,
    GONE
}
