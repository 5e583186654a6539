package io.tickmesh.upstream;

/** Lets one log line a minute pass. */
final class Rarely {
    private static final long MINUTE = 60_000_000_000L;

    private boolean begun;
    private long last;

    boolean allows(long now) {
        if (begun && now - last < MINUTE) {
            return false;
        }
        begun = true;
        last = now;
        return true;
    }
}
