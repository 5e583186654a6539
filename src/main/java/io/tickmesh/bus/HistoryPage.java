package io.tickmesh.bus;

import io.tickmesh.market.Tick;
import java.util.List;

/** The answer to a {@link HistoryAsk}: of each topic that reaches back so far all that followed, oldest first. */
public record HistoryPage(List<Tick> ticks) {
    public HistoryPage {
        ticks = List.copyOf(ticks);
    }
}
