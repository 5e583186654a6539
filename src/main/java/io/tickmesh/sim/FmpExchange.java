package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All of simulated FMP behind its sockets: feeds, REST, settings, faults, log. Time is an argument. */
final class FmpExchange {
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

    Collection<FmpFeed> feeds() {
        return feeds.values();
    }

    FmpRest rest() {
        return rest;
    }

    RequestLog requests() {
        return requests;
    }

    FmpSimSettings settings() {
        return settings;
    }

    /** The sessions seen, oldest first; from any thread. */
    List<SessionRecord> sessions() {
        return log.records();
    }

    void turn(long now) {
        feeds.values().forEach(each -> each.turn(now));
    }

    /**
     * Replaces some settings, or none.
     *
     * @throws IllegalArgumentException that names the setting that is unknown or wrong
     */
    void change(JsonObject patch) {
        retune(settings.patched(patch));
    }

    /** See {@link FmpFaults#apply}. */
    int fault(String name, JsonObject body, long now) {
        return faults.apply(name, new Fields(body), now);
    }

    /** See {@link FmpFaults#emit}. */
    int emit(JsonObject body, long now) {
        return faults.emit(new Fields(body), now);
    }

    /** Back to the settings of the start, no faults, ended sessions forgotten; open ones stay. */
    void reset() {
        feeds.values().forEach(each -> {
            each.faults().clear();
            each.sessions().forEach(session -> session.freeze(false));
        });
        rest.reset();
        requests.clear();
        log.forgetClosed();
        retune(initial);
    }

    private void retune(FmpSimSettings changed) {
        settings = changed;
        feeds.values().forEach(each -> each.retune(changed));
        rest.retune(changed);
    }
}
