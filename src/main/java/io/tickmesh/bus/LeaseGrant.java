package io.tickmesh.bus;

/**
 * This node may act for a pool under an epoch until a moment of its own {@link System#nanoTime()}, and not past one of its
 * wall clock: the one stands still while a machine is suspended, the other does not.
 *
 * <p>A later grant of the same epoch extends it; a higher epoch begins anew. One that is not extended has run out.
 *
 * @param takeover whether another node owned the pool before, whose session the provider may still count
 */
public record LeaseGrant(String pool, long epoch, long validUntilNanos, long validUntilWallMillis, boolean takeover) {
    public boolean validAt(long nanoTime, long wallMillis) {
        return validUntilNanos - nanoTime > 0 && validUntilWallMillis > wallMillis;
    }
}
