package io.tickmesh.sim;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which session holds which app key, and which keys are not free again yet. */
final class KisSlots {
    private final Map<String, KisSession> holders = new HashMap<>();
    private final Map<String, Long> releasedAt = new HashMap<>();

    boolean isTaken(String appKey, KisSession by, int holdMs, long now) {
        @Nullable KisSession holder = holders.get(appKey);
        if (holder != null) {
            return holder != by;
        }
        @Nullable Long released = releasedAt.get(appKey);
        return released != null && now - released < holdMs;
    }

    void take(String appKey, KisSession session) {
        holders.put(appKey, session);
    }

    void release(String appKey, KisSession session, long now) {
        if (holders.remove(appKey, session)) {
            releasedAt.put(appKey, now);
        }
    }

    /** Keys of ended sessions are free at once. */
    void forgetReleases() {
        releasedAt.clear();
    }
}
