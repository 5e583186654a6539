package io.tickmesh.bus;

import io.tickmesh.market.PoolEvent;
import java.util.List;

/** What the cache gives to the hubs, in order, already checked for epoch and number. */
public record HubEvents(List<PoolEvent> events) {}
