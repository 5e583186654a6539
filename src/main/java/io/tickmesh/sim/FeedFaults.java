package io.tickmesh.sim;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with one feed on purpose. Plain switches and countdowns; who uses a countdown takes from it. */
final class FeedFaults {
    boolean heartbeatsStopped;
    boolean muted;
    boolean marketClosed;

    @Nullable
    FmpTime wrongUnit;

    long loginDelayMs;
    Set<String> refusedSymbols = Set.of();
    int duplicates;
    int lateFrames;
    long lateByMs;
    int upgradesRefused;
    int loginsSwallowed;
    int acksSwallowed;

    void clear() {
        heartbeatsStopped = false;
        muted = false;
        marketClosed = false;
        wrongUnit = null;
        loginDelayMs = 0;
        refusedSymbols = Set.of();
        duplicates = 0;
        lateFrames = 0;
        upgradesRefused = 0;
        loginsSwallowed = 0;
        acksSwallowed = 0;
    }

    boolean takeUpgradeRefusal() {
        return upgradesRefused > 0 && upgradesRefused-- > 0;
    }

    boolean takeSwallowedLogin() {
        return loginsSwallowed > 0 && loginsSwallowed-- > 0;
    }

    boolean takeSwallowedAck() {
        return acksSwallowed > 0 && acksSwallowed-- > 0;
    }

    boolean takeDuplicate() {
        return duplicates > 0 && duplicates-- > 0;
    }

    boolean takeLateFrame() {
        return lateFrames > 0 && lateFrames-- > 0;
    }
}
