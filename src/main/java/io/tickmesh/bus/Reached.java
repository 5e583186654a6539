package io.tickmesh.bus;

/** So many clients were reached by a message. */
public record Reached(int clients) {}
