package io.tickmesh.bus;

import java.util.Map;

/** The epoch of the last owner of each pool that wrote to the store: whoever claims the pool must be above it. */
public record StoredEpochs(Map<String, Long> epochs) {
    public StoredEpochs {
        epochs = Map.copyOf(epochs);
    }
}
