package io.tickmesh.sim;

/** What goes wrong on purpose. Plain switches and countdowns; who uses a countdown takes from it. */
final class KiwoomMishaps {
    boolean muted;
    boolean pingsStopped;
    boolean maintenance;
    int malformed;
    int duplicates;
    int reordered;
    int upgradesRefused;
    int loginsRefused;
    int registrationsRefused;
    int queriesRefused;

    void clear() {
        muted = false;
        pingsStopped = false;
        maintenance = false;
        malformed = 0;
        duplicates = 0;
        reordered = 0;
        upgradesRefused = 0;
        loginsRefused = 0;
        registrationsRefused = 0;
        queriesRefused = 0;
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

    boolean takeUpgradeRefusal() {
        return upgradesRefused > 0 && upgradesRefused-- > 0;
    }

    boolean takeLoginRefusal() {
        return loginsRefused > 0 && loginsRefused-- > 0;
    }

    boolean takeRegistrationRefusal() {
        return registrationsRefused > 0 && registrationsRefused-- > 0;
    }

    boolean takeQueryRefusal() {
        return queriesRefused > 0 && queriesRefused-- > 0;
    }
}
