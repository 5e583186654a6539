package io.tickmesh.upstream;

import io.tickmesh.market.Topic;

/** When a provider's markets trade. */
public interface TradingHours {
    /** Never closed. */
    TradingHours ALWAYS = (topic, wallMillis) -> "";

    /** Why the market of a topic is closed at that time (milliseconds since 1970); empty if it is open. */
    String closedBecause(Topic topic, long wallMillis);
}
