package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Who may connect, and what a session may ask for.
 *
 * @param appKeys each has one session at a time
 * @param appSecrets in the order of the app keys
 * @param htsIds whose execution notices may be registered; another one ends the connection
 * @param profile live or mock: two systems with different channels and limits
 * @param maxRegistrations of one session, all channels together
 * @param releaseHoldMs an app key stays taken so long after its session has ended
 * @param closeOnBadApproval a refused approval key also ends the connection
 * @param silentOnExpiredKey an expired approval key is not answered at all
 * @param badSymbolCode what an unknown symbol is refused with
 * @param freshKeys every acknowledgement has a key pair of its own instead of one per session
 * @param ackMinMs the fastest acknowledgement
 * @param ackMaxMs the slowest
 * @param straggler one more frame follows the acknowledgement of an unregistration
 * @param pingIdleMs PINGPONG goes out when nothing was sent for so long
 * @param pingCutMs a session that leaves PINGPONG unanswered so long is cut
 * @param dropOnUnsolicitedPong a Pong frame that carries no PINGPONG ends the connection
 * @param maxConnects connects of one address within {@code blockMs}; more are an abuse; 0 for no limit
 * @param blockMs upgrades are refused so long after an abuse
 */
public record KisSessionSettings(
        List<String> appKeys,
        List<String> appSecrets,
        List<String> htsIds,
        Profile profile,
        int maxRegistrations,
        int releaseHoldMs,
        boolean closeOnBadApproval,
        boolean silentOnExpiredKey,
        BadSymbolCode badSymbolCode,
        boolean freshKeys,
        int ackMinMs,
        int ackMaxMs,
        boolean straggler,
        int pingIdleMs,
        int pingCutMs,
        boolean dropOnUnsolicitedPong,
        int maxConnects,
        int blockMs) {

    /** The two systems of the provider. */
    public enum Profile {
        LIVE,
        MOCK
    }

    /** How an unknown symbol is refused. */
    public enum BadSymbolCode {
        OPSP8992,
        OPSP8993
    }

    static final KisSessionSettings DEFAULTS = new KisSessionSettings(
            List.of(KisSimulator.DEFAULT_APP_KEY),
            List.of(KisSimulator.DEFAULT_APP_SECRET),
            List.of(KisSimulator.DEFAULT_HTS_ID),
            Profile.LIVE,
            41,
            5_000,
            false,
            false,
            BadSymbolCode.OPSP8992,
            true,
            1,
            20,
            false,
            10_000,
            100_000,
            false,
            10,
            60_000);

    public KisSessionSettings {
        appKeys = List.copyOf(appKeys);
        appSecrets = List.copyOf(appSecrets);
        htsIds = List.copyOf(htsIds);
        if (appKeys.size() != appSecrets.size() || appKeys.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "'app_keys' and 'app_secrets' must be lists of one length without a blank key");
        }
        if (ackMaxMs < ackMinMs) {
            throw new IllegalArgumentException("'ack_max_ms' must not be below 'ack_min_ms'");
        }
    }

    KisSessionSettings patched(Fields in) {
        return new KisSessionSettings(
                in.texts("app_keys", appKeys),
                in.texts("app_secrets", appSecrets),
                in.texts("hts_ids", htsIds),
                in.choice("profile", profile),
                in.integer("max_registrations", maxRegistrations, 0, 100_000),
                in.integer("release_hold_ms", releaseHoldMs, 0, Integer.MAX_VALUE),
                in.flag("close_on_bad_approval", closeOnBadApproval),
                in.flag("silent_on_expired_key", silentOnExpiredKey),
                in.choice("bad_symbol_code", badSymbolCode),
                in.flag("fresh_keys", freshKeys),
                in.integer("ack_min_ms", ackMinMs, 0, 60_000),
                in.integer("ack_max_ms", ackMaxMs, 0, 60_000),
                in.flag("straggler", straggler),
                in.integer("ping_idle_ms", pingIdleMs, 10, Integer.MAX_VALUE),
                in.integer("ping_cut_ms", pingCutMs, 10, Integer.MAX_VALUE),
                in.flag("drop_on_unsolicited_pong", dropOnUnsolicitedPong),
                in.integer("max_connects", maxConnects, 0, 1_000_000),
                in.integer("block_ms", blockMs, 1, Integer.MAX_VALUE));
    }

    void putInto(JsonObject out) {
        out.put("app_keys", new JsonArray(appKeys))
                .put("app_secrets", new JsonArray(appSecrets))
                .put("hts_ids", new JsonArray(htsIds))
                .put("profile", Fields.nameOf(profile))
                .put("max_registrations", maxRegistrations)
                .put("release_hold_ms", releaseHoldMs)
                .put("close_on_bad_approval", closeOnBadApproval)
                .put("silent_on_expired_key", silentOnExpiredKey)
                .put("bad_symbol_code", Fields.nameOf(badSymbolCode))
                .put("fresh_keys", freshKeys)
                .put("ack_min_ms", ackMinMs)
                .put("ack_max_ms", ackMaxMs)
                .put("straggler", straggler)
                .put("ping_idle_ms", pingIdleMs)
                .put("ping_cut_ms", pingCutMs)
                .put("drop_on_unsolicited_pong", dropOnUnsolicitedPong)
                .put("max_connects", maxConnects)
                .put("block_ms", blockMs);
    }
}
