package io.tickmesh.bus;

/**
 * This node may act for a pool under an epoch until a moment of its own {@link System#nanoTime()}, and of its own wall
 * clock: a machine that was suspended may find that only the latter has moved.
 *
 * <p>A later grant of the same epoch extends it; a higher epoch begins anew. One that is not extended has run out.
 */
public record LeaseGrant(String pool, long epoch, long validUntilNanos, long validUntilWallMillis) {
    public boolean validAt(long nanoTime, long wallMillis) {
        return validUntilNanos - nanoTime > 0 && wallMillis < validUntilWallMillis;
    }
}
