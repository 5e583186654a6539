package io.tickmesh.bus;

import java.util.List;

/** These messages of a user were delivered; answered with {@link StoreResult}. */
public record OfflineRemoval(String user, List<String> ids) {
    public OfflineRemoval {
        ids = List.copyOf(ids);
    }
}
