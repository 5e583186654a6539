package io.tickmesh.bus;

/**
 * This node may act for a pool no more; to be answered, with the same message, when no upstream connection is left.
 *
 * @param epoch ends, and all below it
 * @param orderly whether the lease still holds, so that the provider may be told goodbye; else the connection is aborted
 */
public record LeaseEnd(String pool, long epoch, boolean orderly) {}
