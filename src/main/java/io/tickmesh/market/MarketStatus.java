package io.tickmesh.market;

import java.util.Map;

/**
 * The provider's word on a market or an instrument: opened, halted, released.
 *
 * @param fields by the provider's own names
 */
public record MarketStatus(
        Topic topic, long epoch, long seq, long providerTime, long receivedAt, Map<String, String> fields)
        implements Tick {

    public MarketStatus {
        fields = Map.copyOf(fields);
    }
}
