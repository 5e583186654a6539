package io.tickmesh.bus;

/**
 * This node is leaving: newcomers are refused from now on.
 *
 * @param closing whether the clients that are still there are told to come back elsewhere and closed, too
 */
public record Leaving(boolean closing) {}
