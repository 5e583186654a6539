package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/**
 * What Kiwoom's socket demands and when it ends.
 *
 * @param pingMs between PINGs, from the connection on
 * @param pingMisses PINGs without an echo in a row that end a session with R10002
 * @param loginTimeoutMs a socket that has not logged in by then is ended with R10004
 * @param loginLatencyMinMs the fastest answer to LOGIN
 * @param loginLatencyMaxMs the slowest answer to LOGIN
 * @param byeEveryMs every session ends so long after its connection with 1000 "Bye"; 0 for never
 * @param itemsPerRequest symbols that one REG may name
 * @param itemsPerGroup symbols that one group may hold
 * @param itemsPerSession symbols that all groups may hold together; 0 for no limit
 * @param refreshScope what {@code "refresh":"0"} clears
 * @param systemKeys how SYSTEM frames name their code
 * @param textCodes {@code return_code} is a string
 * @param barePing PING is the bare word
 */
public record KiwoomSessionSettings(
        int pingMs,
        int pingMisses,
        int loginTimeoutMs,
        int loginLatencyMinMs,
        int loginLatencyMaxMs,
        int byeEveryMs,
        int itemsPerRequest,
        int itemsPerGroup,
        int itemsPerSession,
        RefreshScope refreshScope,
        SystemKeys systemKeys,
        boolean textCodes,
        boolean barePing) {

    /** What a refresh clears before it adds. */
    public enum RefreshScope {
        GROUP,
        SESSION
    }

    /** The two spellings of SYSTEM frames that clients have recorded. */
    public enum SystemKeys {
        /** {@code code} and {@code message}. */
        CODE,
        /** {@code return_code} and {@code return_msg}. */
        RETURN_CODE
    }

    static final KiwoomSessionSettings DEFAULTS = new KiwoomSessionSettings(
            10_000, 5, 10_000, 20, 30, 0, 100, 100, 0, RefreshScope.GROUP, SystemKeys.CODE, false, false);

    public KiwoomSessionSettings {
        if (loginLatencyMinMs > loginLatencyMaxMs) {
            throw new IllegalArgumentException("'login_latency_min_ms' must not be above 'login_latency_max_ms'");
        }
    }

    KiwoomSessionSettings patched(Fields in) {
        return new KiwoomSessionSettings(
                in.integer("ping_ms", pingMs, 10, Integer.MAX_VALUE),
                in.integer("ping_misses", pingMisses, 1, 1_000),
                in.integer("login_timeout_ms", loginTimeoutMs, 10, Integer.MAX_VALUE),
                in.integer("login_latency_min_ms", loginLatencyMinMs, 0, Integer.MAX_VALUE),
                in.integer("login_latency_max_ms", loginLatencyMaxMs, 0, Integer.MAX_VALUE),
                in.integer("bye_every_ms", byeEveryMs, 0, Integer.MAX_VALUE),
                in.integer("items_per_request", itemsPerRequest, 0, 100_000),
                in.integer("items_per_group", itemsPerGroup, 0, 100_000),
                in.integer("items_per_session", itemsPerSession, 0, 100_000),
                in.choice("refresh_scope", refreshScope),
                in.choice("system_keys", systemKeys),
                in.flag("text_codes", textCodes),
                in.flag("bare_ping", barePing));
    }

    void putInto(JsonObject out) {
        out.put("ping_ms", pingMs)
                .put("ping_misses", pingMisses)
                .put("login_timeout_ms", loginTimeoutMs)
                .put("login_latency_min_ms", loginLatencyMinMs)
                .put("login_latency_max_ms", loginLatencyMaxMs)
                .put("bye_every_ms", byeEveryMs)
                .put("items_per_request", itemsPerRequest)
                .put("items_per_group", itemsPerGroup)
                .put("items_per_session", itemsPerSession)
                .put("refresh_scope", Fields.nameOf(refreshScope))
                .put("system_keys", Fields.nameOf(systemKeys))
                .put("text_codes", textCodes)
                .put("bare_ping", barePing);
    }
}
