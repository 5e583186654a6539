package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.List;

/** The node gave up its interest in topics: what their owner last answered holds no longer. */
public record Released(List<Topic> topics) {
    public Released {
        topics = List.copyOf(topics);
    }
}
