package io.tickmesh.bus;

import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Tick;
import java.util.List;
import java.util.Map;

/**
 * Newest values of a provider, and what its feeds last said.
 *
 * @param values the newest ticks of each instrument, one per topic
 */
public record CacheReport(Map<Instrument, List<Tick>> values, List<FeedStatus> feeds) {}
