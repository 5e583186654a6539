package io.tickmesh;

import java.time.Duration;

/** How soon data must flow again for those who stayed together (design, section 10). */
final class Bounds {
    static final Duration CLEAN_LEAVE = Duration.ofSeconds(1);

    /** Killed, stopped or cut off; three nodes or more, or voters. */
    static final Duration OWNER_LOST = Duration.ofSeconds(4);

    private Bounds() {}
}
