package io.tickmesh.bus;

import io.tickmesh.market.Tick;
import java.util.List;

/**
 * Newest values as they were when they were stored, the freshest first; none where the store cannot be asked.
 *
 * @param epoch of the owner that wrote last; 0 if there was none
 */
public record StoredValues(long epoch, List<Tick> values) {
    public StoredValues {
        values = List.copyOf(values);
    }
}
