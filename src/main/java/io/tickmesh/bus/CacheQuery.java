package io.tickmesh.bus;

/** Asks for the newest values of a provider. */
public record CacheQuery(String provider) {}
