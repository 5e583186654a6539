package io.tickmesh.bus;

/**
 * The home of a channel has nothing of it and takes it up; answered with {@link StoredChannel}, or failing where the store
 * cannot be read.
 *
 * @param most messages at most, the newest
 */
public record ChannelQuery(String channel, int most) {}
