package io.tickmesh.bus;

import io.tickmesh.market.Position;
import java.util.List;

/** A node asks the owner of a pool for the ticks after these positions of its topics; answered with {@link HistoryPage}. */
public record HistoryAsk(String pool, List<Position> positions) {
    /** The most positions in one, so that an answer stays small. */
    public static final int MOST = 64;

    public HistoryAsk {
        positions = List.copyOf(positions);
    }
}
