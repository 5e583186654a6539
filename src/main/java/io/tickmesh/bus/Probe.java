package io.tickmesh.bus;

/**
 * Says nothing. Sent to each address of every other node now and then: the bus then knows the way there, and need not look
 * it up just when the node that keeps that knowledge has stopped.
 */
public record Probe(String from) {}
