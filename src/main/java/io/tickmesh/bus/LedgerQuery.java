package io.tickmesh.bus;

/** Asks for all keys of the ledger that begin so; answered with {@link LedgerNews}, all of them added. */
public record LedgerQuery(String prefix) {}
