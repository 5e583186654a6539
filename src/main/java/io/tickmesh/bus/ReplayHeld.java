package io.tickmesh.bus;

/** Asks the cache to tell one hub what it knows of all topics that the node holds and whose text begins so. */
public record ReplayHeld(int loop, String prefix) {}
