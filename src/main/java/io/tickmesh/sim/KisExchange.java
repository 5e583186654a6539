package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All of simulated KIS behind its socket: the hub, REST, settings, faults, log. Time is an argument. */
final class KisExchange implements Exchange {
    private static final int LOGGED_FRAMES = 10_000;
    private static final int LOGGED_SESSIONS = 1_000;

    private final SessionLog log = new SessionLog(LOGGED_FRAMES, LOGGED_SESSIONS);
    private final RequestLog requests = new RequestLog();
    private final KisSimSettings initial;
    private final KisHub hub;
    private final KisRest rest;
    private final KisFaults faults;
    private volatile KisSimSettings settings;

    KisExchange(KisSimSettings settings) {
        this.initial = settings;
        this.settings = settings;
        hub = new KisHub(settings, log);
        rest = new KisRest(hub);
        faults = new KisFaults(hub);
    }

    KisHub hub() {
        return hub;
    }

    KisSimSettings settings() {
        return settings;
    }

    @Override
    public String provider() {
        return "kis";
    }

    @Override
    public void turn(long now) {
        hub.turn(now);
    }

    @Override
    public @Nullable Reply refusal(HttpCall upgrade, long now) {
        if (hub.faults().takeUpgradeRefusal()) {
            return Reply.refusal(503, "Service Unavailable");
        }
        return hub.door().admits(KisDoor.hostOf(upgrade.remote()), settings.session(), now)
                ? null
                : Reply.refusal(403, "too many connects");
    }

    @Override
    public Peer open(Wire wire, HttpCall upgrade, long now) {
        return hub.open(wire, upgrade.remote(), now);
    }

    @Override
    public @Nullable Reply answer(HttpCall call, long now) {
        return rest.answer(call, now);
    }

    @Override
    public String symbolsOf(HttpCall call) {
        @Nullable String one = call.param(KisRest.SYMBOL);
        if (one != null) {
            return one;
        }
        return IntStream.rangeClosed(1, KisRest.MOST_SYMBOLS)
                .mapToObj(i -> call.param(KisRest.SYMBOL + '_' + i))
                .filter(each -> each != null && !each.isEmpty())
                .collect(Collectors.joining(","));
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

    /** Issued keys and tokens stay good, and so do registrations. */
    @Override
    public void reset() {
        hub.reset();
        rest.reset();
        requests.clear();
        log.forgetClosed();
        retune(initial);
    }

    @Override
    public void stop(long now) {
        hub.sessions().forEach(each -> each.ended("simulator stopped", now));
    }

    private void retune(KisSimSettings changed) {
        settings = changed;
        hub.retune(changed);
    }
}
