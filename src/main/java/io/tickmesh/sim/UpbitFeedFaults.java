package io.tickmesh.sim;

/** What is wrong with the exchange on purpose. Plain switches and countdowns; who uses a countdown takes from it. */
final class UpbitFeedFaults {
    boolean muted;
    int handshakesRefused;
    int handshakesInMaintenance;
    int duplicates;
    int reorders;
    int malformed;

    void clear() {
        muted = false;
        handshakesRefused = 0;
        handshakesInMaintenance = 0;
        duplicates = 0;
        reorders = 0;
        malformed = 0;
    }

    boolean takeRefusal() {
        return handshakesRefused > 0 && handshakesRefused-- > 0;
    }

    boolean takeMaintenance() {
        return handshakesInMaintenance > 0 && handshakesInMaintenance-- > 0;
    }

    boolean takeDuplicate() {
        return duplicates > 0 && duplicates-- > 0;
    }

    boolean takeReorder() {
        return reorders > 0 && reorders-- > 0;
    }

    boolean takeMalformed() {
        return malformed > 0 && malformed-- > 0;
    }
}
