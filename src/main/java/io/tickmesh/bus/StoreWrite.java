package io.tickmesh.bus;

import io.tickmesh.market.Tick;
import java.util.List;

/**
 * The owner of a pool asks for this to be stored; answered with {@link StoreResult}. It sends the next when that is there.
 *
 * @param epoch the owner's: the store refuses what is of an earlier one than it has
 * @param lines may be empty: then the store only says whether it still has what it was told
 */
public record StoreWrite(String pool, long epoch, List<Line> lines) {
    public StoreWrite {
        lines = List.copyOf(lines);
    }

    /** The newest tick of a topic, and those that its history lacks, oldest first. */
    public record Line(Tick newest, List<Tick> history) {
        public Line {
            history = List.copyOf(history);
        }
    }
}
