package io.tickmesh.bus;

import io.tickmesh.market.Position;
import java.util.List;

/** Asks for the ticks that came after these positions; answered with {@link HistoryReport}. */
public record HistoryQuery(List<Position> positions) {
    public HistoryQuery {
        positions = List.copyOf(positions);
    }
}
