package io.tickmesh.sim;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All of simulated Kiwoom behind its sockets. Time is an argument. */
final class KiwoomExchange implements Exchange {
    static final String SOCKET = "/api/dostk/websocket";

    private static final int LOGGED_FRAMES = 10_000;
    private static final int LOGGED_SESSIONS = 1_000;

    private final SessionLog log = new SessionLog(LOGGED_FRAMES, LOGGED_SESSIONS);
    private final RequestLog requests = new RequestLog();
    private final KiwoomMishaps mishaps = new KiwoomMishaps();
    private final KiwoomTokens tokens = new KiwoomTokens();
    private final Map<Long, KiwoomSession> sessions = new LinkedHashMap<>();
    private final Map<String, KiwoomSession> byAppKey = new HashMap<>();
    private final KiwoomSimSettings initial;
    private final KiwoomPump pump;
    private final KiwoomRest rest;
    private final KiwoomFaults faults;
    private KiwoomMarket market;
    private volatile KiwoomSimSettings settings;

    KiwoomExchange(KiwoomSimSettings settings) {
        this.initial = settings;
        this.settings = settings;
        this.market = new KiwoomMarket(settings);
        this.pump = new KiwoomPump(market);
        this.rest = new KiwoomRest(tokens, mishaps, market);
        this.faults = new KiwoomFaults(this);
    }

    KiwoomSimSettings settings() {
        return settings;
    }

    KiwoomMishaps mishaps() {
        return mishaps;
    }

    KiwoomTokens tokens() {
        return tokens;
    }

    KiwoomPump pump() {
        return pump;
    }

    /** The open sessions, oldest first; a copy. */
    List<KiwoomSession> open() {
        return List.copyOf(sessions.values());
    }

    @Override
    public String provider() {
        return "kiwoom";
    }

    @Override
    public @Nullable Reply refusal(HttpCall upgrade, long now) {
        if (!upgrade.path().equals(SOCKET)) {
            return Reply.refusal(404, "nothing here");
        }
        boolean refused = mishaps.maintenance || mishaps.takeUpgradeRefusal();
        return refused ? Reply.refusal(503, "Service Unavailable") : null;
    }

    @Override
    public KiwoomSession open(Wire wire, HttpCall upgrade, long now) {
        KiwoomSession session = new KiwoomSession(
                this, wire, log.open(provider(), upgrade.remote(), now), KiwoomRest.hostOf(upgrade.remote()), now);
        sessions.put(session.id(), session);
        return session;
    }

    /** A session is the only one of its app key from now on. */
    void loggedIn(KiwoomSession session, String appKey, long now) {
        byAppKey.values().remove(session);
        @Nullable KiwoomSession older = byAppKey.put(appKey, session);
        if (older != null) {
            older.replaced(now);
        }
    }

    void forget(KiwoomSession session) {
        sessions.remove(session.id());
        byAppKey.values().remove(session);
        session.pairs().forEach(pair -> pump.release(session, pair));
    }

    @Override
    public @Nullable Reply answer(HttpCall call, long now) {
        return KiwoomRest.serves(call.path()) ? rest.answer(call, now) : null;
    }

    @Override
    public String symbolsOf(HttpCall call) {
        try {
            return new JsonObject(call.body()).getValue("stk_cd") instanceof String codes ? codes : "";
        } catch (DecodeException | ClassCastException e) {
            return "";
        }
    }

    @Override
    public RequestLog requests() {
        return requests;
    }

    @Override
    public List<SessionRecord> sessions() {
        return log.records();
    }

    @Override
    public JsonObject settingsJson() {
        return settings.toJson();
    }

    @Override
    public void turn(long now) {
        pump.pump(now, mishaps.muted);
        open().forEach(each -> each.turn(now));
    }

    @Override
    public void change(JsonObject patch) {
        retune(settings.patched(patch));
    }

    @Override
    public int fault(String name, JsonObject body, long now) {
        return faults.apply(name, new Fields(body), now);
    }

    Set<String> faultNames() {
        return faults.names();
    }

    @Override
    public int emit(JsonObject body, long now) {
        return faults.emit(new Fields(body), now);
    }

    @Override
    public void reset() {
        mishaps.clear();
        open().forEach(each -> each.outbox().silence(false));
        rest.reset();
        requests.clear();
        log.forgetClosed();
        retune(initial);
    }

    @Override
    public void stop(long now) {
        open().forEach(each -> each.ended("simulator stopped", now));
    }

    private void retune(KiwoomSimSettings changed) {
        settings = changed;
        market = market.retuned(changed);
        pump.retune(market, sessions.values());
        rest.retune(market);
    }
}
