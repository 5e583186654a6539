package io.tickmesh.bus;

/**
 * This node may act for a pool under an epoch until a moment of its own {@link System#nanoTime()}.
 *
 * <p>A later grant of the same epoch extends it; a higher epoch begins anew. One that is not extended has run out.
 */
public record LeaseGrant(String pool, long epoch, long validUntilNanos) {
    public boolean validAt(long nanoTime) {
        return validUntilNanos - nanoTime > 0;
    }
}
