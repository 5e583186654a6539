package io.tickmesh.bus;

/**
 * A message for a user of whom no client is connected is to be stored; answered with {@link OfflineWritten}.
 *
 * @param most so many are kept of one user, the newest
 * @param expiryMillis so long it is worth delivering
 */
public record OfflineWrite(String user, String json, int most, long expiryMillis) {}
