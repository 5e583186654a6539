package io.tickmesh.bus;

/** Asks which epochs the store has heard of; answered with {@link StoredEpochs}. */
public record StoreEpochsQuery() {}
