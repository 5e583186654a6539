package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Who gets a token, what it is good for, and how REST refuses.
 *
 * @param profile the environment that this simulator plays
 * @param appKeys known to it
 * @param otherAppKeys known to the other environment, refused with 8030
 * @param appSecret of every key
 * @param tokenTtlMs life of a token
 * @param reissue what a new token does to the older ones of its key
 * @param perSecond queries of a key in any second; 0 for no limit
 * @param limitForm how too many queries are refused
 * @param errorStatus HTTP status of refusals other than 429
 * @param bracketedErrors refusals carry return_code 1 and their code in the text alone
 */
public record KiwoomRestSettings(
        Profile profile,
        List<String> appKeys,
        List<String> otherAppKeys,
        String appSecret,
        long tokenTtlMs,
        Reissue reissue,
        int perSecond,
        LimitForm limitForm,
        int errorStatus,
        boolean bracketedErrors) {

    /** Kiwoom's two environments; the mock one knows only KRX. */
    public enum Profile {
        LIVE,
        MOCK
    }

    /** Whether a new token ends the older ones of its key; what the provider does is not known. */
    public enum Reissue {
        KEEP_OLD,
        REPLACE_OLD
    }

    /** The recorded signs of too many queries. */
    public enum LimitForm {
        /** HTTP 429 and return_code 5 in turn. */
        ALTERNATE,
        STATUS_429,
        CODE_5,
        CODE_1700
    }

    static final KiwoomRestSettings DEFAULTS = new KiwoomRestSettings(
            Profile.LIVE,
            List.of(KiwoomSimulator.DEFAULT_APP_KEY),
            List.of("sim-other-key"),
            KiwoomSimulator.DEFAULT_APP_SECRET,
            86_400_000,
            Reissue.KEEP_OLD,
            5,
            LimitForm.ALTERNATE,
            200,
            false);

    public KiwoomRestSettings {
        appKeys = List.copyOf(appKeys);
        otherAppKeys = List.copyOf(otherAppKeys);
        if (appSecret.isBlank() || appKeys.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("'app_keys' and 'app_secret' must not be blank");
        }
    }

    KiwoomRestSettings patched(Fields in) {
        return new KiwoomRestSettings(
                in.choice("profile", profile),
                in.texts("app_keys", appKeys),
                in.texts("other_app_keys", otherAppKeys),
                in.text("app_secret", appSecret),
                in.whole("token_ttl_ms", tokenTtlMs, 1, 86_400_000_000L),
                in.choice("reissue", reissue),
                in.integer("rest_per_second", perSecond, 0, 1_000_000),
                in.choice("limit_form", limitForm),
                in.integer("error_status", errorStatus, 200, 599),
                in.flag("bracketed_errors", bracketedErrors));
    }

    void putInto(JsonObject out) {
        out.put("profile", Fields.nameOf(profile))
                .put("app_keys", new JsonArray(appKeys))
                .put("other_app_keys", new JsonArray(otherAppKeys))
                .put("app_secret", appSecret)
                .put("token_ttl_ms", tokenTtlMs)
                .put("reissue", Fields.nameOf(reissue))
                .put("rest_per_second", perSecond)
                .put("limit_form", Fields.nameOf(limitForm))
                .put("error_status", errorStatus)
                .put("bracketed_errors", bracketedErrors);
    }
}
