package io.tickmesh.sim;

/**
 * A REST request that a simulator answered.
 *
 * @param at epoch milliseconds
 * @param symbols what the query asked for; empty where the path says it
 */
public record RestRequest(long at, String path, String symbols, int status) {}
