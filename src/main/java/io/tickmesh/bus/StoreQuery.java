package io.tickmesh.bus;

/** Asks for the newest values of a pool that outlived their owners; answered with {@link StoredValues}. */
public record StoreQuery(String pool) {}
