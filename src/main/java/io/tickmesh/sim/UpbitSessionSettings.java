package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/**
 * What a connection may say, and what it is told.
 *
 * @param messagesPerSecond requests in any second; 0 for no limit
 * @param messagesPerMinute requests in any minute; 0 for no limit
 * @param messageScope what both are counted for
 * @param overLimit what happens to a request beyond them
 * @param pingCounts a text {@code PING} is a request too
 * @param maxCodes codes in one request; 0 for no limit
 * @param idleTimeoutMs without a frame in either direction the connection is cut
 * @param statusEveryMs after a text {@code PING}
 * @param statusOnce a text {@code PING} is answered once, instead of until the end
 * @param binaryErrors errors and status come in binary frames, as data does
 * @param errorClears a refused request ends the running streams
 * @param errorCloses a refused request ends the connection
 * @param resendSnapshots streams that go on over a new request start with a snapshot again
 * @param codeWithDepth order books carry the code as it was asked for, {@code KRW-BTC.5}
 */
public record UpbitSessionSettings(
        int messagesPerSecond,
        int messagesPerMinute,
        Scope messageScope,
        OverLimit overLimit,
        boolean pingCounts,
        int maxCodes,
        int idleTimeoutMs,
        int statusEveryMs,
        boolean statusOnce,
        boolean binaryErrors,
        boolean errorClears,
        boolean errorCloses,
        boolean resendSnapshots,
        boolean codeWithDepth) {

    /** Whose messages are counted together. */
    public enum Scope {
        CONNECTION,
        IP
    }

    /** What a message beyond the limit costs. */
    public enum OverLimit {
        /** The connection, without a Close frame. */
        CLOSE,
        ERROR,
        DROP
    }

    static final UpbitSessionSettings DEFAULTS = new UpbitSessionSettings(
            5,
            100,
            Scope.CONNECTION,
            OverLimit.CLOSE,
            false,
            0,
            120_000,
            10_000,
            false,
            true,
            false,
            false,
            true,
            false);

    UpbitSessionSettings patched(Fields in) {
        return new UpbitSessionSettings(
                in.integer("messages_per_second", messagesPerSecond, 0, 10_000),
                in.integer("messages_per_minute", messagesPerMinute, 0, 600_000),
                in.choice("message_scope", messageScope),
                in.choice("over_limit", overLimit),
                in.flag("ping_counts", pingCounts),
                in.integer("max_codes", maxCodes, 0, Integer.MAX_VALUE),
                in.integer("idle_timeout_ms", idleTimeoutMs, 10, Integer.MAX_VALUE),
                in.integer("status_every_ms", statusEveryMs, 10, Integer.MAX_VALUE),
                in.flag("status_once", statusOnce),
                in.flag("binary_errors", binaryErrors),
                in.flag("error_clears", errorClears),
                in.flag("error_closes", errorCloses),
                in.flag("resend_snapshots", resendSnapshots),
                in.flag("code_with_depth", codeWithDepth));
    }

    void putInto(JsonObject out) {
        out.put("messages_per_second", messagesPerSecond)
                .put("messages_per_minute", messagesPerMinute)
                .put("message_scope", Fields.nameOf(messageScope))
                .put("over_limit", Fields.nameOf(overLimit))
                .put("ping_counts", pingCounts)
                .put("max_codes", maxCodes)
                .put("idle_timeout_ms", idleTimeoutMs)
                .put("status_every_ms", statusEveryMs)
                .put("status_once", statusOnce)
                .put("binary_errors", binaryErrors)
                .put("error_clears", errorClears)
                .put("error_closes", errorCloses)
                .put("resend_snapshots", resendSnapshots)
                .put("code_with_depth", codeWithDepth);
    }
}
