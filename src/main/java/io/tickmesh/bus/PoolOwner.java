package io.tickmesh.bus;

/** A node owns a pool, under an epoch. */
public record PoolOwner(String pool, String node, long epoch) {}
