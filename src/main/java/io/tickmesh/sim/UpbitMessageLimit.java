package io.tickmesh.sim;

/** Counts the requests of one connection, or of one address, in a second and in a minute. */
final class UpbitMessageLimit {
    private static final long MINUTE_MS = 60_000;

    private final RateWindow second = new RateWindow();
    private final RateWindow minute = new RateWindow(MINUTE_MS);

    boolean admit(UpbitSessionSettings rules, long now) {
        boolean inSecond = second.admit(now, rules.messagesPerSecond());
        boolean inMinute = minute.admit(now, rules.messagesPerMinute());
        return inSecond && inMinute;
    }
}
