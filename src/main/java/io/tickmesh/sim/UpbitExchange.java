package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All of simulated Upbit behind its sockets. Time is an argument. */
final class UpbitExchange implements Exchange {
    private static final int LOGGED_FRAMES = 10_000;
    private static final int LOGGED_SESSIONS = 1_000;
    private static final int REMEMBERED = 10_000;

    private final SessionLog log = new SessionLog(LOGGED_FRAMES, LOGGED_SESSIONS);
    private final RequestLog requests = new RequestLog();
    private final UpbitFeedFaults feedFaults = new UpbitFeedFaults();
    private final UpbitLimiter origins = new UpbitLimiter();
    private final Map<Long, UpbitSession> sessions = new LinkedHashMap<>();
    private final Map<HttpCall, UpbitSession.Client> admitted = bounded();
    private final Map<String, UpbitMessageLimit> limits = bounded();
    private final UpbitSimSettings initial;
    private final UpbitTokens tokens;
    private final UpbitGate gate;
    private final UpbitPump pump;
    private final UpbitRest rest;
    private final UpbitFaults faults;
    private volatile UpbitSimSettings settings;
    private long turnedTo;

    UpbitExchange(UpbitSimSettings settings) {
        this.initial = settings;
        this.settings = settings;
        tokens = new UpbitTokens(settings.access());
        gate = new UpbitGate(feedFaults, tokens, origins);
        pump = new UpbitPump(settings.stream());
        rest = new UpbitRest(pump, origins, settings);
        faults = new UpbitFaults(this);
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    @Override
    public String provider() {
        return "upbit";
    }

    @Override
    public @Nullable Reply refusal(HttpCall upgrade, long now) {
        UpbitGate.Answer answer = gate.ask(upgrade, settings.access(), now);
        UpbitSession.@Nullable Client client = answer.client();
        if (client == null) {
            return answer.refusal();
        }
        int cap = settings.access().privateCap();
        if (client.accessKey() != null && cap > 0 && openWith(client.accessKey()) >= cap) {
            return UpbitGate.tooMany(new UpbitLimiter.Verdict(429, 0, 0));
        }
        admitted.put(upgrade, client);
        return null;
    }

    private long openWith(String accessKey) {
        return sessions.values().stream()
                .filter(each -> accessKey.equals(each.client().accessKey()))
                .count();
    }

    @Override
    public Peer open(Wire wire, HttpCall upgrade, long now) {
        UpbitSession.@Nullable Client client = admitted.remove(upgrade);
        if (client == null) {
            throw new IllegalStateException("not admitted: " + upgrade.path());
        }
        SessionLog.Entry entry = log.open(client.onPrivatePath() ? "private" : "public", upgrade.remote(), now);
        if (client.accessKey() != null) {
            entry.triedKey(client.accessKey());
            entry.loggedIn(now);
        }
        UpbitSession session = new UpbitSession(this, wire, entry, client, now);
        sessions.put(session.id(), session);
        return session;
    }

    @Override
    public @Nullable Reply answer(HttpCall call, long now) {
        return rest.answer(call, now);
    }

    @Override
    public String symbolsOf(HttpCall call) {
        @Nullable String one = call.param("market");
        @Nullable String many = call.param("markets");
        return one != null ? one : many != null ? many : "";
    }

    @Override
    public RequestLog requests() {
        return requests;
    }

    @Override
    public List<SessionRecord> sessions() {
        return log.records();
    }

    /** The open sessions, oldest first; a copy. */
    Collection<UpbitSession> openSessions() {
        return List.copyOf(sessions.values());
    }

    UpbitSimSettings settings() {
        return settings;
    }

    UpbitFeedFaults faults() {
        return feedFaults;
    }

    UpbitPump pumps() {
        return pump;
    }

    boolean isMuted() {
        return feedFaults.muted;
    }

    void expireTokens() {
        tokens.expire();
    }

    /** The message limit that a session is counted against. */
    UpbitMessageLimit limitOf(UpbitSession session, UpbitMessageLimit own) {
        return settings.session().messageScope() == UpbitSessionSettings.Scope.CONNECTION
                ? own
                : limits.computeIfAbsent(session.client().address(), absent -> new UpbitMessageLimit());
    }

    /** The streams that a type object means; what does not exist is left out. */
    List<UpbitStream> streamsOf(UpbitWanted wanted) {
        List<UpbitStream> streams = new ArrayList<>();
        UpbitStream.@Nullable Kind kind = UpbitStream.Kind.of(wanted.type());
        for (String code : wanted.codeList()) {
            @Nullable
            UpbitStream stream = kind == null
                    ? null
                    : UpbitStream.of(
                            kind,
                            wanted.type(),
                            code,
                            wanted.level(),
                            pump.markets(),
                            settings.session().codeWithDepth());
            if (stream != null) {
                streams.add(stream);
            }
        }
        return streams;
    }

    /** Hands out the events up to now. */
    void pump(long now) {
        pump.pump(now, feedFaults.muted);
    }

    @Override
    public void turn(long now) {
        turnedTo = now;
        pump(now);
        openSessions().forEach(each -> each.turn(now));
    }

    @Override
    public JsonObject settingsJson() {
        return settings.toJson();
    }

    @Override
    public void change(JsonObject patch) {
        retune(settings.patched(patch));
    }

    @Override
    public int fault(String name, JsonObject body, long now) {
        return faults.apply(name, new Fields(body), now);
    }

    @Override
    public int emit(JsonObject body, long now) {
        return faults.emit(new Fields(body), now);
    }

    @Override
    public void reset() {
        feedFaults.clear();
        openSessions().forEach(each -> each.freeze(false, turnedTo));
        tokens.reset();
        gate.reset();
        origins.reset();
        limits.clear();
        rest.reset();
        requests.clear();
        log.forgetClosed();
        retune(initial);
    }

    private void retune(UpbitSimSettings changed) {
        settings = changed;
        tokens.retune(changed.access());
        pump.retune(changed.stream());
        rest.retune(changed);
        sessions.values().forEach(UpbitSession::retuned);
    }

    void forget(UpbitSession session) {
        sessions.remove(session.id());
    }

    @Override
    public void stop(long now) {
        openSessions().forEach(each -> each.ended("simulator stopped", now));
    }
}
