package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All of simulated FMP behind its sockets: feeds, REST, settings, faults, log. Time is an argument. */
final class FmpExchange implements Exchange {
    private static final int LOGGED_FRAMES = 10_000;
    private static final int LOGGED_SESSIONS = 1_000;

    private final SessionLog log = new SessionLog(LOGGED_FRAMES, LOGGED_SESSIONS);
    private final RequestLog requests = new RequestLog();
    private final Map<FmpAsset, FmpFeed> feeds = new EnumMap<>(FmpAsset.class);
    private final FmpSimSettings initial;
    private final FmpRest rest;
    private final FmpFaults faults;
    private volatile FmpSimSettings settings;

    FmpExchange(FmpSimSettings settings) {
        this.initial = settings;
        this.settings = settings;
        for (FmpAsset each : FmpAsset.values()) {
            feeds.put(each, new FmpFeed(each, settings, log));
        }
        rest = new FmpRest(feeds, settings);
        faults = new FmpFaults(feeds.values());
    }

    FmpFeed feed(FmpAsset asset) {
        @Nullable FmpFeed feed = feeds.get(asset);
        if (feed == null) {
            throw new IllegalStateException("no feed of " + asset);
        }
        return feed;
    }

    @Override
    public String provider() {
        return "fmp";
    }

    @Override
    public @Nullable Reply refusal(HttpCall upgrade, long now) {
        @Nullable FmpAsset asset = FmpAsset.ofPath(upgrade.path());
        if (asset == null) {
            return Reply.refusal(404, "no such feed");
        }
        return feed(asset).faults().takeUpgradeRefusal() ? Reply.refusal(503, "Service Unavailable") : null;
    }

    @Override
    public Peer open(Wire wire, HttpCall upgrade, long now) {
        @Nullable FmpAsset asset = FmpAsset.ofPath(upgrade.path());
        if (asset == null) {
            throw new IllegalStateException("refused already: " + upgrade.path());
        }
        return feed(asset).open(wire, upgrade.remote(), upgrade.param("apikey"), now);
    }

    @Override
    public @Nullable Reply answer(HttpCall call, long now) {
        if (!FmpRest.serves(call.path())) {
            return null;
        }
        return call.method().equals("GET")
                ? rest.answer(call.path(), call.params(), now)
                : Reply.refusal(405, "only GET");
    }

    @Override
    public String symbolsOf(HttpCall call) {
        @Nullable String one = call.param("symbol");
        @Nullable String many = call.param("symbols");
        return one != null ? one : many != null ? many : "";
    }

    @Override
    public RequestLog requests() {
        return requests;
    }

    FmpRest rest() {
        return rest;
    }

    FmpSimSettings settings() {
        return settings;
    }

    @Override
    public JsonObject settingsJson() {
        return settings.toJson();
    }

    @Override
    public List<SessionRecord> sessions() {
        return log.records();
    }

    @Override
    public void turn(long now) {
        feeds.values().forEach(each -> each.turn(now));
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
        feeds.values().forEach(each -> {
            each.faults().clear();
            each.sessions().forEach(session -> session.freeze(false));
        });
        rest.reset();
        requests.clear();
        log.forgetClosed();
        retune(initial);
    }

    @Override
    public void stop(long now) {
        feeds.values().forEach(feed -> feed.sessions().forEach(each -> each.ended("simulator stopped", now)));
    }

    private void retune(FmpSimSettings changed) {
        settings = changed;
        feeds.values().forEach(each -> each.retune(changed));
        rest.retune(changed);
    }
}
