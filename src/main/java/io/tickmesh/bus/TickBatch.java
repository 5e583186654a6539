package io.tickmesh.bus;

import io.tickmesh.market.PoolEvent;
import java.util.List;

/**
 * What the owner of a pool tells one node in one turn, in order.
 *
 * @param epoch the owner's epoch of the pool; a receiver drops a batch below the highest it has seen
 * @param number counts the batches of this pool to this node within the epoch, from 1
 */
public record TickBatch(String pool, long epoch, long number, List<PoolEvent> events) {}
