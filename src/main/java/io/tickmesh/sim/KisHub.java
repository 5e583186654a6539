package io.tickmesh.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The socket server of KIS: its sessions, who holds which app key, what is fed. No sockets, no clock. */
final class KisHub {
    static final String FEED = "kis";

    private final SessionLog log;
    private final KisKeys keys = new KisKeys();
    private final KisSlots slots = new KisSlots();
    private final KisDoor door = new KisDoor();
    private final KisFeedFaults faults = new KisFeedFaults();
    private final KisPump pump;
    private final Map<Long, KisSession> sessions = new LinkedHashMap<>();
    private KisSimSettings settings;

    KisHub(KisSimSettings settings, SessionLog log) {
        this.settings = settings;
        this.log = log;
        this.pump = new KisPump(faults, settings.stream());
    }

    KisSimSettings settings() {
        return settings;
    }

    KisKeys keys() {
        return keys;
    }

    KisSlots slots() {
        return slots;
    }

    KisDoor door() {
        return door;
    }

    KisFeedFaults faults() {
        return faults;
    }

    KisPump pump() {
        return pump;
    }

    void retune(KisSimSettings changed) {
        settings = changed;
        keys.keepOnly(changed.session().appKeys());
        pump.retune(changed.stream());
    }

    /** The open sessions, oldest first; a copy. */
    List<KisSession> sessions() {
        return List.copyOf(sessions.values());
    }

    KisSession open(Wire wire, String remote, long now) {
        KisSession session = new KisSession(this, wire, log.open(FEED, remote, now), now);
        sessions.put(session.id(), session);
        return session;
    }

    /** Does what is due by now. */
    void turn(long now) {
        pump.pump(now);
        sessions().forEach(each -> each.turn(now));
    }

    void forget(KisSession session, long now) {
        sessions.remove(session.id());
        pump.forget(session);
        if (session.appKey() != null) {
            slots.release(session.appKey(), session, now);
        }
    }

    /** No faults, nobody blocked, no key held back; sessions and their registrations stay. */
    void reset() {
        faults.clear();
        door.forget();
        slots.forgetReleases();
        sessions().forEach(each -> each.freeze(false));
    }
}
