package io.tickmesh.cluster;

/** What this node has to do for a pool. */
enum Duty {
    NOTHING,
    /** Act while the grant is valid. */
    ACT,
    /** Close the upstream sockets in order, then say so. */
    LEAVE,
    /** The lease is lost: abort the upstream sockets at once, drop what was read, then say so. */
    ABORT
}
