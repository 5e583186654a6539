package io.tickmesh.bus;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the newest values of a provider.
 *
 * @param symbol only this one, or null for all
 * @param limit at most so many instruments
 */
public record CacheQuery(String provider, @Nullable String symbol, int limit) {}
