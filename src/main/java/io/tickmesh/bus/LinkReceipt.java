package io.tickmesh.bus;

/**
 * A node tells the owner of a pool how far its batches have come.
 *
 * @param number the highest batch that arrived
 * @param missed whether a batch on the way was lost or came too late, so that the newest values and states of everything
 *     that the node holds must be told again
 */
public record LinkReceipt(String node, String pool, long epoch, long number, boolean missed) {}
