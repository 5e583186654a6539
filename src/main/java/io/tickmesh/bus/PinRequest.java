package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.List;

/** Adds or removes pins: subscriptions that belong to no session. */
public record PinRequest(boolean add, List<Topic> topics) {
    public PinRequest {
        topics = List.copyOf(topics);
    }
}
