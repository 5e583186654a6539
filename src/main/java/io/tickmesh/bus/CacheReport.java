package io.tickmesh.bus;

import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Tick;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Newest values of a provider, and what its feeds last said.
 *
 * @param symbols all symbols of the provider that have a value here
 * @param values the newest ticks of the instruments that were asked for, one per topic
 */
public record CacheReport(
        SortedSet<String> symbols, SortedMap<Instrument, List<Tick>> values, List<FeedStatus> feeds) {}
