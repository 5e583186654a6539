package io.tickmesh.client.eventbus;

import io.tickmesh.market.Catalog;
import io.tickmesh.market.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Where the ticks of a topic are received, as the client spells it: its frames must carry that very text.
 *
 * @param question unlike for each single value that was asked for; 0 for a registration
 */
record TopicAddress(String text, Topic topic, long question) {
    static final String PREFIX = "ticks.";

    /** The address of a topic; null if it is not one. */
    static @Nullable TopicAddress of(String address, Catalog catalog) {
        if (!address.startsWith(PREFIX)) {
            return null;
        }
        try {
            return new TopicAddress(address, catalog.topic(address.substring(PREFIX.length())), 0);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
