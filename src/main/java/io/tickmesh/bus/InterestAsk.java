package io.tickmesh.bus;

/** The owner of a pool asks a node for its whole interest, told to that epoch. */
public record InterestAsk(String pool, String owner, long epoch) {}
