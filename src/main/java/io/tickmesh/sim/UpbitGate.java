package io.tickmesh.sim;

import org.jspecify.annotations.Nullable;

/** Who may open a connection: paths, limits, tokens. Every question counts, so it is asked once for each upgrade. */
final class UpbitGate {
    static final String PUBLIC = "/websocket/v1";
    static final String PRIVATE = PUBLIC + "/private";

    private static final long SECOND_MS = 1_000;

    private final UpbitFeedFaults faults;
    private final UpbitTokens tokens;
    private final UpbitLimiter connects = new UpbitLimiter();
    private final UpbitLimiter origins;

    UpbitGate(UpbitFeedFaults faults, UpbitTokens tokens, UpbitLimiter origins) {
        this.faults = faults;
        this.tokens = tokens;
        this.origins = origins;
    }

    /** What becomes of an upgrade: a refusal, or the client that may come in. */
    record Answer(@Nullable Reply refusal, UpbitSession.@Nullable Client client) {
        static Answer refused(Reply refusal) {
            return new Answer(refusal, null);
        }
    }

    Answer ask(HttpCall upgrade, UpbitAccessSettings rules, long now) {
        boolean onPrivatePath = upgrade.path().equals(PRIVATE);
        if (!onPrivatePath && !upgrade.path().equals(PUBLIC)) {
            return Answer.refused(error(404, "no such path"));
        }
        if (faults.takeMaintenance()) {
            return Answer.refused(error(503, "Service Unavailable"));
        }
        if (faults.takeRefusal()) {
            return Answer.refused(tooMany(new UpbitLimiter.Verdict(429, 0, 0)));
        }
        String address = address(upgrade);
        @Nullable String key = onPrivatePath ? tokens.accessKeyOf(upgrade.header("Authorization")) : null;
        UpbitLimiter.Verdict connect =
                connects.admit(key == null ? address : "key " + key, rules.connectPerSecond(), SECOND_MS, rules, now);
        if (!connect.admitted()) {
            return Answer.refused(tooMany(connect));
        }
        if (upgrade.header("Origin") != null) {
            UpbitLimiter.Verdict origin = origins.admit(address, 1, rules.originWindowMs(), rules, now);
            if (!origin.admitted()) {
                return Answer.refused(tooMany(origin).with("Remaining-Req", remaining("origin", 1, 0)));
            }
        }
        if (onPrivatePath && key == null && rules.unauthorized() == UpbitAccessSettings.Unauthorized.STATUS_401) {
            return Answer.refused(Reply.json(401, UpbitRefusal.invalidAuth().toFrame()));
        }
        return new Answer(null, new UpbitSession.Client(onPrivatePath, key, address));
    }

    /** The address of a client without its port. */
    static String address(HttpCall call) {
        int colon = call.remote().lastIndexOf(':');
        return colon < 0 ? call.remote() : call.remote().substring(0, colon);
    }

    void reset() {
        connects.reset();
    }

    static Reply tooMany(UpbitLimiter.Verdict verdict) {
        return error(
                verdict.status(),
                verdict.status() == 418
                        ? "Too many API requests. Blocked for " + (verdict.blockedMs() + 999) / 1_000 + " seconds."
                        : "Too many API requests.");
    }

    static Reply error(int status, String message) {
        return Reply.json(status, UpbitRefusal.frame(status, message));
    }

    /** The header that says how many requests a group has left; its minute is a constant that means nothing. */
    static String remaining(String group, int perSecond, int left) {
        return "group=" + group + "; min=" + 60 * perSecond + "; sec=" + left;
    }
}
