package io.tickmesh.sim;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of FMP's sockets hosts: its sessions, who holds which key, what is fed. No sockets, no clock. */
final class FmpFeed {
    private static final int NORMAL = 1000;

    private final FmpAsset asset;
    private final SessionLog log;
    private final FeedFaults faults = new FeedFaults();
    private final FmpTickPump pump;
    private final Map<Long, FmpSession> sessions = new LinkedHashMap<>();
    private final Map<String, FmpSession> byKey = new HashMap<>();
    private FmpSimSettings settings;
    private long closedSecond = -1;

    FmpFeed(FmpAsset asset, FmpSimSettings settings, SessionLog log) {
        this.asset = asset;
        this.settings = settings;
        this.log = log;
        this.pump = new FmpTickPump(asset, faults, settings.stream());
    }

    FmpAsset asset() {
        return asset;
    }

    FmpSimSettings settings() {
        return settings;
    }

    FeedFaults faults() {
        return faults;
    }

    FmpTickPump pump() {
        return pump;
    }

    void retune(FmpSimSettings changed) {
        settings = changed;
        pump.retune(changed.stream());
    }

    /** The open sessions, oldest first; a copy. */
    Collection<FmpSession> sessions() {
        return List.copyOf(sessions.values());
    }

    /** A new connection; {@code urlKey} is what its URL carried. */
    FmpSession open(Wire wire, String remote, @Nullable String urlKey, long now) {
        FmpSession session = new FmpSession(this, wire, log.open(asset.id(), remote, now), now);
        sessions.put(session.id(), session);
        if (urlKey != null && settings.session().urlLogin()) {
            session.onLogin(urlKey, now);
        }
        return session;
    }

    void login(FmpSession session, String key, long now) {
        FmpSessionSettings rules = settings.session();
        @Nullable FmpSession other = byKey.get(key);
        if (rules.unentitledKeys().contains(key)) {
            refuse(session, "You are not authorized to access this feed", now);
        } else if (!rules.keys().contains(key)) {
            refuse(session, "Unauthorized", now);
        } else if (other != null
                && other != session
                && rules.secondLogin() == FmpSessionSettings.SecondLogin.REJECT_NEW) {
            refuse(session, "Connected from another location", now);
        } else {
            if (other != null && other != session) {
                other.answer("login", 401, "Connected from another location");
                other.close(NORMAL, "connected from another location", now);
            }
            admit(session, key, now);
        }
    }

    private void admit(FmpSession session, String key, long now) {
        if (!session.isLoggedIn()) {
            session.loggedIn(key, now);
            byKey.put(key, session);
        }
        if (!faults.takeSwallowedLogin()) {
            session.answer("login", 200, "Authenticated");
        }
    }

    private void refuse(FmpSession session, String message, long now) {
        if (!faults.takeSwallowedLogin()) {
            session.answer("login", 401, message);
        }
        session.refused(now);
    }

    /** Does what is due by now. */
    void turn(long now) {
        priceSecond(now);
        pump.pump(now, settings.stream().quiet() || faults.muted || isClosed());
        sessions().forEach(each -> each.turn(now));
    }

    private boolean isClosed() {
        return settings.stream().marketClosed() || faults.marketClosed;
    }

    /** The wall second whose prices are shown: prices of a closed market stand still. */
    long priceSecond(long now) {
        if (!isClosed()) {
            closedSecond = -1;
            return now / 1_000;
        }
        if (closedSecond < 0) {
            closedSecond = now / 1_000;
        }
        return closedSecond;
    }

    void forgetSubscriptions(FmpSession session) {
        session.tickers().forEach(each -> pump.release(session, each));
        if (session.key() != null) {
            byKey.remove(session.key(), session);
        }
    }

    void forget(FmpSession session) {
        sessions.remove(session.id());
        forgetSubscriptions(session);
    }
}
