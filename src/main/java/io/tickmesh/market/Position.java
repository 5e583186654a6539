package io.tickmesh.market;

/** How far somebody has come with a topic: the last tick that it has, or where its topic stood without one. */
public record Position(Topic topic, long epoch, long seq) {}
