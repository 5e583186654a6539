package io.tickmesh.bus;

/**
 * Asks for the messages stored for a user; answered with {@link OfflineFound}, or failing where the store cannot be read.
 *
 * @param most so many at most, the oldest
 * @param expiryMillis older ones are thrown away
 */
public record OfflineQuery(String user, int most, long expiryMillis) {}
