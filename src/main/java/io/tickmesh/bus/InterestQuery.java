package io.tickmesh.bus;

/** Asks for the interest in the topics of a provider. */
public record InterestQuery(String provider) {}
