package io.tickmesh.sim;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kiwoom's tokens and queries: request in, answer out. */
final class KiwoomRest {
    static final String DONE = "정상적으로 처리되었습니다";

    private static final String OAUTH = "/oauth2/";
    private static final String STOCKS = "/api/dostk/stkinfo";
    private static final String BOOKS = "/api/dostk/mrkcond";
    private static final Map<String, String> PATH_OF = Map.of("ka10001", STOCKS, "ka10095", STOCKS, "ka10004", BOOKS);
    private static final String BEARER = "Bearer ";
    private static final int BATCH = 100;
    private static final int BATCH_CODE = 5;
    private static final String BATCH_TEXT = "허용된 요청 개수를 초과하였습니다[1634]";

    /** A refusal on its way out of the checks; it carries no stack trace. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Reply reply;

        Refused(Reply reply) {
            super(null, null, false, false);
            this.reply = reply;
        }
    }

    private final KiwoomTokens tokens;
    private final KiwoomMishaps mishaps;
    private final Map<String, RateWindow> windows = new HashMap<>();
    private KiwoomMarket market;
    private long refusals;

    KiwoomRest(KiwoomTokens tokens, KiwoomMishaps mishaps, KiwoomMarket market) {
        this.tokens = tokens;
        this.mishaps = mishaps;
        this.market = market;
    }

    void retune(KiwoomMarket changed) {
        market = changed;
    }

    void reset() {
        windows.clear();
        refusals = 0;
    }

    static boolean serves(String path) {
        return path.equals(STOCKS)
                || path.equals(BOOKS)
                || path.equals(OAUTH + "token")
                || path.equals(OAUTH + "revoke");
    }

    Reply answer(HttpCall call, long now) {
        if (mishaps.maintenance) {
            return new Reply(200, "text/html; charset=utf-8", "<html><body>시스템 점검 중입니다</body></html>", Map.of());
        }
        if (!call.method().equals("POST")) {
            return Reply.refusal(405, "only POST");
        }
        try {
            return switch (call.path()) {
                case OAUTH + "token" -> issue(call, now);
                case OAUTH + "revoke" -> revoke(call);
                default -> query(call, now);
            };
        } catch (Refused refused) {
            return refused.reply;
        }
    }

    private Reply issue(HttpCall call, long now) throws Refused {
        JsonObject body = body(call);
        requireAppKey(body);
        String grant = text(body, "grant_type", KiwoomError.NO_GRANT_TYPE);
        if (!grant.equals("client_credentials")) {
            throw refused(KiwoomError.WRONG_GRANT_TYPE);
        }
        String key = text(body, "appkey", KiwoomError.NO_APP_KEY);
        KiwoomSimSettings settings = market.settings();
        KiwoomTokens.Token token = tokens.issue(
                key, hostOf(call.remote()), settings.rest(), settings.stream().seed(), now);
        return Reply.json(new JsonObject()
                .put(
                        "expires_dt",
                        KiwoomTime.stamp(token.expiresAt() + settings.stream().clockOffsetMs()))
                .put("token_type", "bearer")
                .put("token", token.text())
                .put("return_code", 0)
                .put("return_msg", DONE));
    }

    private Reply revoke(HttpCall call) throws Refused {
        JsonObject body = body(call);
        requireAppKey(body);
        KiwoomTokens.@Nullable Token token = tokens.find(text(body, "token", KiwoomError.MISSING_PARAMETER));
        if (token == null || !token.appKey().equals(body.getValue("appkey"))) {
            throw refused(KiwoomError.NOT_REVOKED);
        }
        tokens.revoke(token.text());
        return Reply.json(new JsonObject().put("return_code", 0).put("return_msg", DONE));
    }

    private void requireAppKey(JsonObject body) throws Refused {
        KiwoomRestSettings rules = market.settings().rest();
        String key = text(body, "appkey", KiwoomError.NO_APP_KEY);
        String secret = text(body, "secretkey", KiwoomError.NO_APP_KEY);
        if (rules.otherAppKeys().contains(key)) {
            throw refused(KiwoomError.OTHER_APP_KEY);
        }
        if (!rules.appKeys().contains(key)) {
            throw refused(KiwoomError.WRONG_APP_KEY);
        }
        if (!rules.appSecret().equals(secret)) {
            throw refused(KiwoomError.WRONG_SECRET);
        }
    }

    private Reply query(HttpCall call, long now) throws Refused {
        String api = apiOf(call);
        String appKey = appKeyOf(call, now);
        if (mishaps.takeQueryRefusal()
                || !windows.computeIfAbsent(appKey, absent -> new RateWindow())
                        .admit(now, market.settings().rest().perSecond())) {
            return tooOften();
        }
        String code = text(body(call), "stk_cd", KiwoomError.MISSING_PARAMETER);
        JsonObject answer = api.equals("ka10095") ? batch(code, now) : single(api, code, now);
        return Reply.json(answer.put("return_code", 0).put("return_msg", DONE))
                .with("api-id", api)
                .with("cont-yn", "N")
                .with("next-key", "");
    }

    private String apiOf(HttpCall call) throws Refused {
        @Nullable String api = call.header("api-id");
        if (api == null || api.isEmpty()) {
            throw refused(KiwoomError.NO_API_ID);
        }
        if (!PATH_OF.containsKey(api)) {
            throw refused(KiwoomError.UNKNOWN_API_ID);
        }
        if (!call.path().equals(PATH_OF.get(api))) {
            throw refused(KiwoomError.WRONG_API_ID);
        }
        return api;
    }

    private String appKeyOf(HttpCall call, long now) throws Refused {
        @Nullable String authorization = call.header("authorization");
        if (authorization == null || authorization.isEmpty()) {
            throw refused(KiwoomError.NO_AUTHORIZATION);
        }
        if (!(authorization + ' ').startsWith(BEARER)) {
            throw refused(KiwoomError.WRONG_AUTHORIZATION);
        }
        String text = authorization.substring(Math.min(BEARER.length(), authorization.length()));
        if (text.isBlank()) {
            throw refused(KiwoomError.EMPTY_AUTHORIZATION);
        }
        @Nullable
        KiwoomError refusal =
                tokens.refusal(text, hostOf(call.remote()), market.settings().rest(), now);
        KiwoomTokens.@Nullable Token token = tokens.find(text);
        if (refusal != null || token == null) {
            throw refused(refusal == null ? KiwoomError.INVALID_TOKEN : refusal);
        }
        return token.appKey();
    }

    private JsonObject single(String api, String code, long now) throws Refused {
        KiwoomState state = market.newest(tape(code), now);
        return api.equals("ka10001")
                ? KiwoomQuotes.basic(state)
                : KiwoomQuotes.book(state, market.time(state.second()));
    }

    private JsonObject batch(String codes, long now) throws Refused {
        List<String> list = List.of(codes.split("\\|", -1));
        if (list.size() > BATCH) {
            throw new Refused(
                    Reply.json(new JsonObject().put("return_code", BATCH_CODE).put("return_msg", BATCH_TEXT)));
        }
        JsonArray found = new JsonArray();
        for (String code : list) {
            found.add(KiwoomQuotes.basic(market.newest(tape(code), now)));
        }
        return new JsonObject().put("atn_stk_infr", found);
    }

    private KiwoomTape tape(String code) throws Refused {
        @Nullable KiwoomTape tape = market.tape(code);
        if (tape == null) {
            boolean mock = market.settings().rest().profile() == KiwoomRestSettings.Profile.MOCK;
            throw refused(
                    mock && code.matches("\\d{6}_(NX|AL)") ? KiwoomError.NOT_ON_MOCK : KiwoomError.UNKNOWN_SYMBOL);
        }
        return tape;
    }

    private Reply tooOften() {
        KiwoomRestSettings.LimitForm form = market.settings().rest().limitForm();
        if (form == KiwoomRestSettings.LimitForm.ALTERNATE) {
            form = refusals++ % 2 == 0 ? KiwoomRestSettings.LimitForm.STATUS_429 : KiwoomRestSettings.LimitForm.CODE_5;
        }
        String text = KiwoomError.TOO_OFTEN.text();
        return switch (form) {
            case STATUS_429 -> reply(429, 5, text);
            case CODE_1700 -> reply(200, KiwoomError.TOO_OFTEN.code(), text);
            default -> reply(200, 5, text + KiwoomError.TOO_OFTEN.bracketed());
        };
    }

    private JsonObject body(HttpCall call) throws Refused {
        @Nullable String type = call.header("content-type");
        if (type == null || !type.trim().regionMatches(true, 0, "application/json", 0, 16)) {
            throw refused(KiwoomError.WRONG_CONTENT_TYPE);
        }
        try {
            return new JsonObject(call.body());
        } catch (DecodeException | ClassCastException e) {
            throw refused(KiwoomError.WRONG_FORMAT);
        }
    }

    private String text(JsonObject body, String name, KiwoomError absent) throws Refused {
        @Nullable Object value = body.getValue(name);
        if (value == null || value.equals("")) {
            throw refused(absent);
        }
        if (value instanceof String text) {
            return text;
        }
        throw refused(KiwoomError.WRONG_FORMAT);
    }

    private Refused refused(KiwoomError error) {
        KiwoomRestSettings rules = market.settings().rest();
        return new Refused(
                rules.bracketedErrors()
                        ? reply(rules.errorStatus(), 1, error.text() + error.bracketed())
                        : reply(rules.errorStatus(), error.code(), error.text()));
    }

    private static Reply reply(int status, int code, String text) {
        return Reply.json(
                status,
                new JsonObject()
                        .put("return_code", code)
                        .put("return_msg", text)
                        .encode());
    }

    /** The address of a remote end without its port. */
    static String hostOf(String remote) {
        int colon = remote.lastIndexOf(':');
        return colon < 0 ? remote : remote.substring(0, colon);
    }
}
