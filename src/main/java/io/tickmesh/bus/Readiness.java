package io.tickmesh.bus;

/**
 * Whether this node can serve its clients; while it cannot, they are better off elsewhere.
 *
 * @param reason in words for clients and operators; empty while ready
 */
public record Readiness(boolean ready, String reason) {}
