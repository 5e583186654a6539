package io.tickmesh.sim;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** KIS over HTTP: keys, tokens, quotes. Request in, answer out. */
final class KisRest {
    static final String SYMBOL = "FID_INPUT_ISCD";
    static final int MOST_SYMBOLS = 30;

    private static final String MARKET = "FID_COND_MRKT_DIV_CODE";
    private static final Set<String> MARKETS = Set.of("J", "NX", "UN");
    private static final String QUOTATIONS = "/uapi/domestic-stock/v1/quotations/";
    private static final String BEARER = "Bearer ";
    private static final Map<String, String> TR_IDS = Map.of(
            "inquire-price", "FHKST01010100",
            "inquire-asking-price-exp-ccn", "FHKST01010200",
            "intstock-multprice", "FHKST11300006");

    private final KisHub hub;
    private final Map<String, SlidingLimit> limits = new HashMap<>();
    private final Map<String, Long> closedSince = new HashMap<>();

    KisRest(KisHub hub) {
        this.hub = hub;
    }

    void reset() {
        limits.clear();
    }

    /** The answer to one request, or null where there is nothing. */
    @Nullable
    Reply answer(HttpCall call, long now) {
        if (call.path().startsWith("/oauth2/")) {
            return onGrant(call, now);
        }
        if (!call.path().startsWith(QUOTATIONS)) {
            return null;
        }
        @Nullable String trId = TR_IDS.get(call.path().substring(QUOTATIONS.length()));
        if (trId == null) {
            return null;
        }
        return call.method().equals("GET") ? onQuotation(call, trId, now) : Reply.refusal(405, "only GET");
    }

    private @Nullable Reply onGrant(HttpCall call, long now) {
        String name = call.path().substring("/oauth2/".length());
        if (!Set.of("Approval", "tokenP", "revokeP").contains(name)) {
            return null;
        }
        if (!call.method().equals("POST")) {
            return Reply.refusal(405, "only POST");
        }
        JsonObject body = body(call.body());
        @Nullable Reply refusal = refusedAccount(body, name.equals("Approval") ? "secretkey" : "appsecret");
        if (refusal != null) {
            return refusal;
        }
        String appKey = text(body, "appkey");
        if (name.equals("revokeP")) {
            return revoke(text(body, "token"), appKey);
        }
        if (!text(body, "grant_type").equals("client_credentials")) {
            return refusedGrant("EGW00104", "grant_type must be client_credentials");
        }
        return name.equals("Approval") ? approve(appKey, now) : token(appKey, now);
    }

    private static JsonObject body(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException e) {
            return new JsonObject();
        }
    }

    private static String text(JsonObject in, String name) {
        return in.getValue(name) instanceof String found ? found : "";
    }

    private @Nullable Reply refusedAccount(JsonObject body, String secretName) {
        KisSessionSettings known = hub.settings().session();
        int at = known.appKeys().indexOf(text(body, "appkey"));
        if (at < 0) {
            return refusedGrant("EGW00103", "invalid appkey");
        }
        String secret = text(body, secretName);
        if (secret.isEmpty()) {
            return refusedGrant("EGW00104", secretName + " is missing");
        }
        return secret.equals(known.appSecrets().get(at)) ? null : refusedGrant("EGW00105", "invalid appsecret");
    }

    private static Reply refusedGrant(String code, String text) {
        return Reply.json(
                403,
                new JsonObject()
                        .put("error_code", code)
                        .put("error_description", text)
                        .encode());
    }

    private Reply approve(String appKey, long now) {
        KisKeys.@Nullable Grant grant =
                hub.keys().approve(appKey, hub.settings().rest(), now);
        return grant == null
                ? refusedGrant("EGW00133", "approval keys are issued once per second")
                : Reply.json(new JsonObject().put("approval_key", grant.text()));
    }

    private Reply token(String appKey, long now) {
        KisKeys.@Nullable Grant grant = hub.keys().token(appKey, hub.settings().rest(), now);
        if (grant == null) {
            return refusedGrant("EGW00133", "tokens are issued once per minute");
        }
        long shown = grant.expiresAt() + hub.settings().stream().clockOffsetMs();
        return Reply.json(new JsonObject()
                .put("access_token", grant.text())
                .put("access_token_token_expired", KisTime.READABLE.format(KisTime.in(KisTime.KOREA, shown)))
                .put("token_type", "Bearer")
                .put("expires_in", (grant.expiresAt() - now) / 1_000));
    }

    private Reply revoke(String token, String appKey) {
        KisKeys.@Nullable Grant grant = hub.keys().token(token);
        if (grant == null || !grant.appKey().equals(appKey)) {
            return refusedGrant("EGW00121", "invalid token");
        }
        hub.keys().revoke(token);
        return Reply.json(new JsonObject().put("code", 200).put("message", "token revoked"));
    }

    private Reply onQuotation(HttpCall call, String trId, long now) {
        @Nullable Reply refusal = refusedCaller(call, now);
        if (refusal != null) {
            return refusal;
        }
        if (!trId.equals(call.header("tr_id"))) {
            return failed(500, "EGW00203", "tr_id does not belong to this path");
        }
        @Nullable String customer = call.header("custtype");
        if (customer != null && !Set.of("P", "B").contains(customer)) {
            return failed(500, "EGW00208", "invalid custtype");
        }
        return trId.equals(TR_IDS.get("intstock-multprice")) ? many(call, now) : one(call, trId, now);
    }

    private @Nullable Reply refusedCaller(HttpCall call, long now) {
        @Nullable String bearer = call.header("authorization");
        if (bearer == null || !bearer.startsWith(BEARER)) {
            return failed(500, "EGW00122", "token not found");
        }
        KisKeys.@Nullable Grant token = hub.keys().token(bearer.substring(BEARER.length()));
        if (token == null) {
            return failed(500, "EGW00121", "invalid token");
        }
        if (token.isExpired(now)) {
            return failed(500, "EGW00123", "expired token");
        }
        KisSessionSettings known = hub.settings().session();
        if (!token.appKey().equals(call.header("appkey"))) {
            return failed(500, "EGW00103", "invalid appkey");
        }
        if (!known.appSecrets().get(known.appKeys().indexOf(token.appKey())).equals(call.header("appsecret"))) {
            return failed(500, "EGW00105", "invalid appsecret");
        }
        KisRestSettings rules = hub.settings().rest();
        boolean inTime = limits.computeIfAbsent(token.appKey(), absent -> new SlidingLimit())
                .admit(now, rules.limit(known.profile()));
        return inTime ? null : failed(rules.limitStatus(), "EGW00201", "too many requests per second");
    }

    private static Reply failed(int status, String code, String text) {
        return Reply.json(
                status,
                new JsonObject()
                        .put("rt_cd", "1")
                        .put("msg_cd", code)
                        .put("msg1", text)
                        .encode());
    }

    private static JsonObject succeeded() {
        return new JsonObject().put("rt_cd", "0").put("msg_cd", "MCA00000").put("msg1", "ok");
    }

    private Reply one(HttpCall call, String trId, long now) {
        @Nullable KisQuotes quotes = quotes(call.param(MARKET), call.param(SYMBOL), now);
        if (quotes == null) {
            return failed(200, "OPSQ2001", "ERROR INVALID " + MARKET + " or " + SYMBOL);
        }
        return trId.equals(TR_IDS.get("inquire-price"))
                ? Reply.json(succeeded().put("output", quotes.price()))
                : Reply.json(succeeded().put("output1", quotes.book()).put("output2", quotes.expected()));
    }

    private @Nullable KisQuotes quotes(@Nullable String market, @Nullable String symbol, long now) {
        if (market == null || symbol == null || !MARKETS.contains(market)) {
            return null;
        }
        KisStreamSettings stream = hub.settings().stream();
        @Nullable KisStock stock = KisStock.domestic(symbol, stream);
        return stock == null ? null : new KisQuotes(new KisTape(stock, stream), stream, priceTime(market, now));
    }

    /** When the prices shown are from: those of a closed market stand still. */
    private long priceTime(String market, long now) {
        KisChannel.Venue venue = switch (market) {
            case "NX" -> KisChannel.Venue.NXT;
            case "UN" -> KisChannel.Venue.INTEGRATED;
            default -> KisChannel.Venue.KRX;
        };
        if (new KisChannel("", KisChannel.Kind.TRADE, venue).isOpen(hub.settings().stream(), now)) {
            closedSince.remove(market);
            return now;
        }
        return closedSince.computeIfAbsent(market, absent -> now);
    }

    private Reply many(HttpCall call, long now) {
        if (call.param(SYMBOL + '_' + (MOST_SYMBOLS + 1)) != null) {
            return failed(200, "OPSQ2001", "ERROR at most " + MOST_SYMBOLS + " symbols");
        }
        JsonArray rows = new JsonArray();
        for (int i = 1; i <= MOST_SYMBOLS; i++) {
            @Nullable String symbol = call.param(SYMBOL + '_' + i);
            if (symbol == null || symbol.isEmpty()) {
                continue;
            }
            @Nullable KisQuotes quotes = quotes(call.param(MARKET + '_' + i), symbol, now);
            if (quotes != null) {
                rows.add(quotes.row());
            }
        }
        return rows.isEmpty()
                ? failed(200, "OPSQ2001", "ERROR INVALID " + SYMBOL)
                : Reply.json(succeeded().put("output", rows));
    }
}
