package io.tickmesh.cluster;

/**
 * The owner of a pool as a node sees it.
 *
 * @param heard whether its last heartbeat is younger than a lease
 */
record OwnerView(String node, long epoch, boolean heard) {}
