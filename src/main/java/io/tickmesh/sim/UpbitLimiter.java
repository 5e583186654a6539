package io.tickmesh.sim;

import java.util.LinkedHashMap;
import java.util.Map;

/** A limit of requests in a window of time for each of many callers, and a growing block for who does not stop. */
final class UpbitLimiter {
    private static final int REMEMBERED = 10_000;

    /** Who calls. */
    private static final class Caller {
        private final RateWindow window;
        private int violations;
        private int blocks;
        private long blockedUntil;

        Caller(long windowMs) {
            window = new RateWindow(windowMs);
        }
    }

    /**
     * What became of one request.
     *
     * @param status 200, 429 or 418
     * @param left requests that the caller has left in this window
     * @param blockedMs how long the caller is blocked from now on, if it is
     */
    record Verdict(int status, int left, long blockedMs) {
        boolean admitted() {
            return status == 200;
        }
    }

    private final Map<String, Caller> callers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Caller> eldest) {
            return size() > REMEMBERED;
        }
    };

    void reset() {
        callers.clear();
    }

    /** Counts a request, refused ones too, against {@code limit} in {@code windowMs}; 0 is no limit. */
    Verdict admit(String caller, int limit, long windowMs, UpbitAccessSettings block, long now) {
        if (limit == 0 || windowMs == 0) {
            return new Verdict(200, Integer.MAX_VALUE, 0);
        }
        Caller known = callers.computeIfAbsent(windowMs + " " + caller, absent -> new Caller(windowMs));
        if (now < known.blockedUntil) {
            return new Verdict(418, 0, known.blockedUntil - now);
        }
        if (known.window.admit(now, limit)) {
            known.violations = 0;
            return new Verdict(200, limit - known.window.used(), 0);
        }
        known.violations++;
        if (block.blockAfter() == 0 || known.violations <= block.blockAfter()) {
            return new Verdict(429, 0, 0);
        }
        long length = Math.min(block.blockMaxMs(), (long) block.blockMs() << Math.min(known.blocks, 20));
        known.blocks++;
        known.violations = 0;
        known.blockedUntil = now + length;
        return new Verdict(418, 0, length);
    }
}
