package io.tickmesh.bus;

import io.tickmesh.market.PoolEvent;
import java.util.List;

/**
 * What the owner of a pool tells one node in one turn, in order. Without events it is a pulse, which repeats the number
 * of the last batch, so that its loss is noticed.
 *
 * @param owner the node that sends it, and waits for a {@link LinkReceipt}
 * @param epoch the owner's epoch of the pool; a receiver drops a batch below the highest it has seen
 * @param number counts the batches of this pool to this node within the epoch, from 1
 * @param sentAt by the owner's clock, in microseconds since 1970
 */
public record TickBatch(String pool, String owner, long epoch, long number, long sentAt, List<PoolEvent> events) {}
