package io.tickmesh.market;

import java.util.Map;

/**
 * Private news of an account: an order, a fill, a balance.
 *
 * @param type the provider's word for the sort of news
 * @param fields by the provider's own names, values as sent
 */
public record Notice(
        Topic topic, long epoch, long seq, long providerTime, long receivedAt, String type, Map<String, String> fields)
        implements Tick {

    public Notice {
        fields = Map.copyOf(fields);
    }

    /** Neither log nor error may show what an account holds. */
    @Override
    public String toString() {
        return "Notice[topic=" + topic + ", seq=" + seq + ", type=" + type + ']';
    }
}
