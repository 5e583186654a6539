package io.tickmesh.bus;

import java.util.Map;
import java.util.SortedSet;

/**
 * The interest in a provider: what sessions and pins hold.
 *
 * @param symbols held by a session or a pin
 * @param pinned those of them held by a pin
 * @param sessions open sessions per dialect
 */
public record InterestReport(SortedSet<String> symbols, SortedSet<String> pinned, Map<String, Integer> sessions) {}
