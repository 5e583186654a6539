package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.List;

/** Adds or removes pins of one provider: subscriptions that belong to no session. */
public record PinRequest(String provider, boolean add, List<Topic> topics) {
    public PinRequest {
        topics = List.copyOf(topics);
    }
}
