package io.tickmesh.bus;

/**
 * The latest owner of a pool that this node knows of.
 *
 * @param heard whether its heartbeats still come; while they do not, nobody may be acting for the pool
 */
public record PoolOwner(String pool, String node, long epoch, boolean heard) {}
