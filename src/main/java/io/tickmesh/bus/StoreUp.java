package io.tickmesh.bus;

/** The store can be asked, again or for the first time; who has something there looks after it. */
public record StoreUp() {}
