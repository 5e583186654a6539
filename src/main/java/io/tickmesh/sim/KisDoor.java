package io.tickmesh.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts connects of each address, and shuts out who connects over and over. */
final class KisDoor {
    private static final int KEPT = 10_000;

    private final Map<String, Deque<Long>> connects = new HashMap<>();
    private final Map<String, Long> blockedUntil = new HashMap<>();

    /** Whether an address may connect now; a yes counts as a connect. */
    boolean admits(String address, KisSessionSettings rules, long now) {
        if (rules.maxConnects() == 0) {
            return true;
        }
        @Nullable Long until = blockedUntil.get(address);
        if (until != null && now < until) {
            return false;
        }
        if (connects.size() > KEPT) {
            connects.clear();
        }
        Deque<Long> recent = connects.computeIfAbsent(address, absent -> new ArrayDeque<>());
        while (!recent.isEmpty() && now - recent.element() >= rules.blockMs()) {
            recent.remove();
        }
        if (recent.size() >= rules.maxConnects()) {
            recent.clear();
            block(address, rules, now);
            return false;
        }
        recent.add(now);
        return true;
    }

    void block(String address, KisSessionSettings rules, long now) {
        if (blockedUntil.size() > KEPT) {
            blockedUntil.clear();
        }
        blockedUntil.put(address, now + rules.blockMs());
    }

    void forget() {
        connects.clear();
        blockedUntil.clear();
    }

    /** The host of a remote address. */
    static String hostOf(String remote) {
        int port = remote.lastIndexOf(':');
        return port < 0 ? remote : remote.substring(0, port);
    }
}
