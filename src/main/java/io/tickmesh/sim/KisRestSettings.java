package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/**
 * How keys and tokens are issued, and how REST answers.
 *
 * @param approvalTtlMs an approval key registers so long
 * @param approvalEveryMs an app key may ask for an approval key so often
 * @param tokenTtlMs an access token lives so long
 * @param tokenEveryMs an app key may ask for a token so often
 * @param tokenReuseMs asking again within this time gives the same token
 * @param perSecond requests of an app key; 0 for what the profile has
 * @param limitStatus the HTTP status of the refusal beyond that
 */
public record KisRestSettings(
        long approvalTtlMs,
        int approvalEveryMs,
        long tokenTtlMs,
        int tokenEveryMs,
        long tokenReuseMs,
        int perSecond,
        int limitStatus) {

    private static final long DAY_MS = 86_400_000;
    private static final int LIVE_PER_SECOND = 18;
    private static final int MOCK_PER_SECOND = 1;

    static final KisRestSettings DEFAULTS = new KisRestSettings(DAY_MS, 1_000, DAY_MS, 60_000, DAY_MS / 4, 0, 500);

    int limit(KisSessionSettings.Profile profile) {
        if (perSecond > 0) {
            return perSecond;
        }
        return profile == KisSessionSettings.Profile.LIVE ? LIVE_PER_SECOND : MOCK_PER_SECOND;
    }

    KisRestSettings patched(Fields in) {
        return new KisRestSettings(
                in.whole("approval_ttl_ms", approvalTtlMs, 1, 365 * DAY_MS),
                in.integer("approval_every_ms", approvalEveryMs, 0, Integer.MAX_VALUE),
                in.whole("token_ttl_ms", tokenTtlMs, 1, 365 * DAY_MS),
                in.integer("token_every_ms", tokenEveryMs, 0, Integer.MAX_VALUE),
                in.whole("token_reuse_ms", tokenReuseMs, 0, 365 * DAY_MS),
                in.integer("rest_per_second", perSecond, 0, 100_000),
                in.integer("rest_limit_status", limitStatus, 200, 599));
    }

    void putInto(JsonObject out) {
        out.put("approval_ttl_ms", approvalTtlMs)
                .put("approval_every_ms", approvalEveryMs)
                .put("token_ttl_ms", tokenTtlMs)
                .put("token_every_ms", tokenEveryMs)
                .put("token_reuse_ms", tokenReuseMs)
                .put("rest_per_second", perSecond)
                .put("rest_limit_status", limitStatus);
    }
}
