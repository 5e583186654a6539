package io.tickmesh.client;

import io.tickmesh.bus.Readiness;
import io.tickmesh.config.LimitsConfig;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Opens, cares for and ends the sessions of one event loop, whatever their transport. */
public final class Sessions {
    private final Hub hub;
    private final int loop;
    private final ClientVerticle.Setup setup;
    private final Map<String, DialectMeters> meters = new HashMap<>();
    private final Map<String, SessionBounds> bounds = new HashMap<>();
    private Readiness readiness = new Readiness(true, "");
    private long last;

    Sessions(Hub hub, int loop, ClientVerticle.Setup setup) {
        this.hub = hub;
        this.loop = loop;
        this.setup = setup;
    }

    /** Makes dialects known; no session speaks another. */
    void admit(Collection<Dialect> dialects) {
        for (Dialect each : dialects) {
            meters.put(each.name(), new DialectMeters(each.name(), loop, setup.metrics()));
            bounds.put(each.name(), each.bounds(setup.limits()));
        }
    }

    /** What the sessions of a dialect are allowed. */
    SessionBounds boundsOf(Dialect dialect) {
        return Objects.requireNonNull(bounds.get(dialect.name()), dialect.name());
    }

    /** Whether the node serves as many clients as it may. */
    public boolean full() {
        return setup.connections().get() >= setup.limits().connections();
    }

    /** The same in words for the client. */
    public String whyFull() {
        return "This node serves as many clients as it may (" + setup.limits().connections() + ")";
    }

    /** Counts a request that never came as far as the session it was for. */
    public void countBadRequest(Dialect dialect) {
        metersOf(dialect).badRequest();
    }

    private DialectMeters metersOf(Dialect dialect) {
        DialectMeters ofDialect = meters.get(dialect.name());
        if (ofDialect == null) {
            throw new IllegalStateException("no meters for " + dialect.name());
        }
        return ofDialect;
    }

    /** A session that counts, but is not greeted yet; each is to be closed once. */
    public Session open(Transport transport, Dialect dialect, Visit visit) {
        Session session = new Session(
                new Origin(++last, System.currentTimeMillis(), visit),
                transport,
                dialect,
                metersOf(dialect),
                hub,
                boundsOf(dialect));
        setup.connections().incrementAndGet();
        session.pulse().begin(System.nanoTime());
        return session;
    }

    /** The session is ready to be written to. */
    public void greet(Session session) {
        hub.open(session);
        if (!readiness.ready() && !session.closed()) {
            session.dialect().onElsewhere(session, readiness.reason());
        }
    }

    /** The transport is closed. */
    public void close(Session session, String cause) {
        setup.connections().decrementAndGet();
        session.end(cause);
    }

    /** Said again and again, passed on once. */
    void onReadiness(Readiness told) {
        if (readiness.ready() && !told.ready()) {
            List.copyOf(hub.sessions()).forEach(session -> session.dialect().onElsewhere(session, told.reason()));
        }
        readiness = told;
    }

    /**
     * Pings all, and ends those that are silent or stuck for too long.
     *
     * @param late whether the event loop itself stood still: then nobody is to blame
     * @return how much waits for clients
     */
    int care(long now, boolean late) {
        LimitsConfig limits = setup.limits();
        int waiting = 0;
        for (Session session : List.copyOf(hub.sessions())) {
            if (late) {
                session.heard(now);
            }
            waiting += session.waiting();
            if (session.pulse().blockedFor(limits.slowClientAfter().toNanos(), now)) {
                session.close(CloseReason.TOO_SLOW);
            } else if (isSilent(session, boundsOf(session.dialect()), now)) {
                session.close(CloseReason.SILENT);
            } else if (session.pingDue(
                    boundsOf(session.dialect()).pingInterval().toNanos(), now)) {
                session.ping(now);
            }
        }
        return waiting;
    }

    private static boolean isSilent(Session session, SessionBounds bounds, long now) {
        return session.pulse().silentFor(bounds.silence().toNanos(), now)
                || session.pulse().unansweredFor(bounds.pingTimeout().toNanos(), now);
    }

    void publishMeters() {
        Instant now = Instant.now();
        long microseconds = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
        meters.values().forEach(each -> each.publish(microseconds));
    }
}
