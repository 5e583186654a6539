package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** FMP's REST quotes: request in, answer out. */
final class FmpRest {
    private static final String V3_QUOTE = "/api/v3/quote/";
    private static final String V3_SHORT = "/api/v3/quote-short/";

    private final Map<FmpAsset, FmpFeed> feeds;
    private final Map<String, TokenBucket> buckets = new HashMap<>();
    private FmpSimSettings settings;

    FmpRest(Map<FmpAsset, FmpFeed> feeds, FmpSimSettings settings) {
        this.feeds = feeds;
        this.settings = settings;
    }

    void retune(FmpSimSettings changed) {
        if (changed.rest().perMinute() != settings.rest().perMinute()) {
            buckets.clear();
        }
        settings = changed;
    }

    void reset() {
        buckets.clear();
    }

    static boolean serves(String path) {
        return path.startsWith("/api/v3/") || path.startsWith("/stable/");
    }

    /** Answers one request; {@code param} gives the values of the query, or null. */
    Reply answer(String path, UnaryOperator<@Nullable String> param, long now) {
        @Nullable String key = param.apply("apikey");
        FmpSessionSettings known = settings.session();
        if (key == null
                || !(known.keys().contains(key) || known.unentitledKeys().contains(key))) {
            return error(
                    settings.rest().errorsWith200() ? 200 : 401,
                    "Invalid API KEY. Feel free to create a Free API Key or visit the documentation for more information.");
        }
        int perMinute = settings.rest().perMinute();
        if (!buckets.computeIfAbsent(key, absent -> new TokenBucket(perMinute, now))
                .take(perMinute, now)) {
            return error(
                    settings.rest().errorsWith200() ? 200 : 429,
                    "Limit Reach . Please upgrade your plan or visit our documentation for more details");
        }
        return path.startsWith("/api/v3/") ? answerV3(path, now) : answerStable(path, param, now);
    }

    private Reply answerV3(String path, long now) {
        boolean isShort = path.startsWith(V3_SHORT);
        if (!isShort && !path.startsWith(V3_QUOTE)) {
            return Reply.json(404, "[]");
        }
        if (settings.rest().v3Refused()) {
            return error(
                    403,
                    "Legacy Endpoint : Due to Legacy endpoints being no longer supported - This endpoint is only"
                            + " available for legacy users who have valid subscriptions prior August 31, 2025.");
        }
        @Nullable String list = decoded(path.substring((isShort ? V3_SHORT : V3_QUOTE).length()));
        return list == null
                ? missing("symbol")
                : quotes(list, isShort ? FmpQuotes.Form.V3_SHORT : FmpQuotes.Form.V3, now);
    }

    /** The text behind the escapes of a path, or null if they are broken. */
    private static @Nullable String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Reply answerStable(String path, UnaryOperator<@Nullable String> param, long now) {
        return switch (path) {
            case "/stable/quote" -> single(param.apply("symbol"), FmpQuotes.Form.STABLE, now);
            case "/stable/quote-short" -> single(param.apply("symbol"), FmpQuotes.Form.STABLE_SHORT, now);
            case "/stable/batch-quote" -> batch(param.apply("symbols"), FmpQuotes.Form.STABLE, now);
            case "/stable/batch-quote-short" -> batch(param.apply("symbols"), FmpQuotes.Form.STABLE_SHORT, now);
            default -> Reply.json(404, "[]");
        };
    }

    private Reply single(@Nullable String symbol, FmpQuotes.Form form, long now) {
        if (symbol != null && symbol.contains(",")) {
            return premium(symbol);
        }
        return symbol == null ? missing("symbol") : quotes(symbol, form, now);
    }

    private Reply batch(@Nullable String symbols, FmpQuotes.Form form, long now) {
        if (settings.rest().batchRefused()) {
            return error(
                    402,
                    "Restricted Endpoint: This endpoint is not available under your current subscription please visit"
                            + " our subscription page to upgrade your plan");
        }
        return symbols == null ? missing("symbols") : quotes(symbols, form, now);
    }

    private Reply quotes(String list, FmpQuotes.Form form, long now) {
        List<String> symbols = List.of(list.split(",", -1));
        for (String symbol : symbols) {
            if (settings.rest().premiumSymbols().contains(symbol)) {
                return premium(symbol);
            }
        }
        List<Object> found = new ArrayList<>();
        for (String symbol : symbols) {
            @Nullable FmpTicker ticker = exactUpperCase(symbol);
            if (ticker != null) {
                PriceWalk walk = new PriceWalk(settings.stream().seed(), ticker);
                long second = feed(ticker.asset()).priceSecond(now);
                found.add(new FmpQuotes(walk, second).as(form, settings.rest().nullFields()));
            }
        }
        return Reply.json(200, new JsonArray(found).encode());
    }

    private FmpFeed feed(FmpAsset asset) {
        @Nullable FmpFeed feed = feeds.get(asset);
        if (feed == null) {
            throw new IllegalStateException("no feed of " + asset);
        }
        return feed;
    }

    private static @Nullable FmpTicker exactUpperCase(String symbol) {
        return symbol.equals(symbol.toUpperCase(Locale.ROOT)) ? FmpTicker.of(symbol.toLowerCase(Locale.ROOT)) : null;
    }

    private static Reply premium(String value) {
        return Reply.text(
                402,
                "Premium Query Parameter: 'Special Endpoint : This value set for 'symbol' is not available under your"
                        + " current subscription: " + value);
    }

    private static Reply missing(String name) {
        return error(400, "Query Error: Invalid or missing query parameter - " + name);
    }

    private static Reply error(int status, String message) {
        return Reply.json(status, new JsonObject().put("Error Message", message).encode());
    }
}
