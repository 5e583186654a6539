package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.List;

/** Asks the cache to tell one hub what it knows of topics that the node already holds. */
public record Replay(int loop, List<Topic> topics) {
    public Replay {
        topics = List.copyOf(topics);
    }
}
