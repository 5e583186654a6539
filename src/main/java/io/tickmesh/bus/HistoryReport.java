package io.tickmesh.bus;

import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.util.List;
import java.util.Map;

/**
 * The ticks that came after the positions that were asked for.
 *
 * @param ticks of each topic all that followed its position, oldest first, without a hole up to the newest; nothing for
 *     topics whose history does not reach back so far
 */
public record HistoryReport(Map<Topic, List<Tick>> ticks) {}
