package io.tickmesh.bus;

/**
 * What came of a {@link ChannelWrite}.
 *
 * @param result {@link StoreResult#FORGOTTEN}: nothing was stored, what follows {@code last} should be told
 * @param last the highest number there; 0 if nothing is there, or nobody knows
 */
public record ChannelWritten(StoreResult result, long last) {}
