package io.tickmesh.sim;

/** What is wrong on purpose. Plain switches and countdowns; who uses a countdown takes from it. */
final class KisFeedFaults {
    boolean muted;
    boolean pingsStopped;
    int upgradesRefused;
    int acksSwallowed;
    int registrationsUntilDrop;
    int malformed;
    int duplicates;
    int reordered;

    void clear() {
        muted = false;
        pingsStopped = false;
        upgradesRefused = 0;
        acksSwallowed = 0;
        registrationsUntilDrop = 0;
        malformed = 0;
        duplicates = 0;
        reordered = 0;
    }

    boolean takeUpgradeRefusal() {
        return upgradesRefused > 0 && upgradesRefused-- > 0;
    }

    boolean takeSwallowedAck() {
        return acksSwallowed > 0 && acksSwallowed-- > 0;
    }

    /** Whether this registration is the one that ends its connection. */
    boolean takeDropAtRegistration() {
        return registrationsUntilDrop > 0 && --registrationsUntilDrop == 0;
    }

    boolean takeMalformed() {
        return malformed > 0 && malformed-- > 0;
    }

    boolean takeDuplicate() {
        return duplicates > 0 && duplicates-- > 0;
    }

    boolean takeReordered() {
        return reordered > 0 && reordered-- > 0;
    }
}
