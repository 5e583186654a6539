package io.tickmesh.sim;

/** So many requests a minute, refilled steadily. */
final class TokenBucket {
    private static final long MINUTE_MS = 60_000;

    private double tokens;
    private long filledAt;

    TokenBucket(int perMinute, long now) {
        tokens = perMinute;
        filledAt = now;
    }

    boolean take(int perMinute, long now) {
        long passed = Math.max(0, now - filledAt);
        tokens = Math.min(perMinute, tokens + (double) perMinute * passed / MINUTE_MS);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
