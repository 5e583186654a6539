package io.tickmesh.bus;

/**
 * A client of contract 3 to the channel role of its node.
 *
 * @param loop event loop of the client
 * @param session number of the client's session, never used again on that event loop
 */
public record ChannelCall(int loop, long session, ChannelRequest request) {}
