package io.tickmesh.market;

/** One step of an order book. */
public record Level(Decimal price, Decimal size) {}
