package io.tickmesh.bus;

/**
 * What came of an {@link OfflineWrite}.
 *
 * @param dropped how many older messages of the user had to go for it
 */
public record OfflineWritten(boolean stored, int dropped) {}
