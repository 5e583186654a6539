package io.tickmesh.client.stream;

import io.tickmesh.market.Position;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where what a session missed is found. */
public interface History {
    /** Nothing is found: whoever resumes begins anew. */
    History NONE = (positions, then) -> then.accept(Map.of());

    /**
     * Finds what came after positions, and tells it on the event loop: of each topic all ticks up to the newest, oldest
     * first, or nothing where the history does not reach back so far.
     */
    void find(List<Position> positions, Consumer<Map<Topic, List<Tick>>> then);
}
