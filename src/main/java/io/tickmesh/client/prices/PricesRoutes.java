package io.tickmesh.client.prices;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.CacheQuery;
import io.tickmesh.bus.CacheReport;
import io.tickmesh.bus.InterestQuery;
import io.tickmesh.bus.InterestReport;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.PinRequest;
import io.tickmesh.client.Json;
import io.tickmesh.client.JsonAnswers;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The REST part of contract 1. Subscriptions made here are pins: they belong to no session. */
public final class PricesRoutes {
    private static final String BASE = "/api/v2/realtime";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_LIMIT = 100_000;
    private static final String STOCK_POOL = "fmp.stock";
    private static final FeedStatus NO_FEED = new FeedStatus(
            "", "", PricesDialect.PROVIDER, false, false, FeedState.OFF, "", 0, 0, 0, 0, 0, 0, "", "", 0);

    private final NodeBus bus;
    private final Symbols symbols;
    private final int bodyBytes;

    public PricesRoutes(NodeBus bus, Catalog catalog, LimitsConfig limits) {
        this.bus = bus;
        this.symbols = new Symbols(catalog, limits.symbolsPerRequest());
        this.bodyBytes = limits.bodyBytes();
    }

    /** What the node knows of the provider. */
    private record Knowledge(InterestReport interest, CacheReport cache, SortedMap<String, MergedPrice> prices) {
        /** The contract speaks of one connection: that of the stock feed, where there is one. */
        FeedStatus feed() {
            return cache.feeds().stream()
                    .min(Comparator.comparing((FeedStatus feed) -> !feed.pool().equals(STOCK_POOL))
                            .thenComparing(FeedStatus::feed))
                    .orElse(NO_FEED);
        }
    }

    public void mountOn(Router router) {
        router.route(BASE + "/*")
                .handler(CorsHandler.create()
                        .addOrigin("*")
                        .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST))
                        .allowedHeader("Content-Type"));
        router.get("/health").handler(context -> JsonAnswers.send(context, 200, "{\"status\":\"healthy\"}"));
        router.get(BASE + "/health").handler(context -> answer(context, PricesRoutes::health));
        router.get(BASE + "/status").handler(context -> answer(context, PricesRoutes::status));
        router.get(BASE + "/cache").handler(this::cache);
        router.get(BASE + "/cache/:symbol").handler(this::cached);
        post(router, "/subscribe", this::subscribe);
        post(router, "/unsubscribe", this::unsubscribe);
    }

    /** Two routes, since a route reads its body before any other handler of its own runs. */
    private void post(Router router, String path, Handler<RoutingContext> handler) {
        router.post(BASE + path).handler(this::requireJson);
        router.post(BASE + path).handler(body()).handler(handler);
        router.route(BASE + path).handler(context -> {
            context.response().putHeader("Allow", "POST");
            context.fail(405);
        });
    }

    private BodyHandler body() {
        return BodyHandler.create(false).setBodyLimit(bodyBytes);
    }

    private Future<Knowledge> know() {
        Future<Message<InterestReport>> interest =
                bus.request(Addresses.INTEREST, new InterestQuery(PricesDialect.PROVIDER));
        Future<Message<CacheReport>> cache = bus.request(Addresses.CACHE, new CacheQuery(PricesDialect.PROVIDER));
        return interest.compose(held -> cache.map(cached ->
                new Knowledge(held.body(), cached.body(), merge(cached.body().values()))));
    }

    private SortedMap<String, MergedPrice> merge(Map<Instrument, List<Tick>> values) {
        SortedMap<String, MergedPrice> prices = new TreeMap<>();
        values.forEach((instrument, ticks) -> {
            MergedPrice price = symbols.nothingKnownOf(instrument);
            ticks.stream().sorted(Comparator.comparingLong(Tick::receivedAt)).forEach(price::update);
            if (price.known()) {
                prices.put(instrument.symbol(), price);
            }
        });
        return prices;
    }

    private void answer(RoutingContext context, Function<Knowledge, JsonObject> form) {
        know().onSuccess(known ->
                        JsonAnswers.send(context, 200, form.apply(known).encode()))
                .onFailure(context::fail);
    }

    private static JsonObject health(Knowledge known) {
        FeedStatus feed = known.feed();
        return new JsonObject()
                .put("status", feed.state().connected() ? "connected" : "disconnected")
                .put("is_running", isRunning(feed))
                .put("api_configured", feed.configured())
                .put(
                        "subscribed_symbols",
                        new JsonArray(List.copyOf(known.interest().symbols())))
                .put("cached_symbols", new JsonArray(List.copyOf(known.prices().keySet())))
                .put("callbacks_registered", clients(known))
                .put("reconnect_attempts", feed.attempts());
    }

    private static JsonObject status(Knowledge known) {
        FeedStatus feed = known.feed();
        return new JsonObject()
                .put("timestamp", MergedPrice.isoLocal(Instant.now().getEpochSecond()))
                .put(
                        "connection_status",
                        new JsonObject()
                                .put("is_connected", feed.state().connected())
                                .put("is_running", isRunning(feed))
                                .put(
                                        "subscribed_symbols",
                                        new JsonArray(
                                                List.copyOf(known.interest().symbols())))
                                .put("total_clients", clients(known)))
                .put(
                        "cached_data",
                        new JsonObject()
                                .put("count", known.prices().size())
                                .put(
                                        "symbols",
                                        new JsonArray(List.copyOf(known.prices().keySet()))));
    }

    private static boolean isRunning(FeedStatus feed) {
        return feed.state() != FeedState.OFF && feed.state() != FeedState.UNCONFIGURED;
    }

    /** Every connected client is one callback of the original service. */
    private static int clients(Knowledge known) {
        return known.interest().sessions().getOrDefault(PricesDialect.NAME, 0);
    }

    private void cache(RoutingContext context) {
        int limit;
        try {
            limit = limit(context.request().getParam("limit"));
        } catch (BadRequest e) {
            JsonAnswers.fail(context, 422, e.text());
            return;
        }
        know().onSuccess(known -> {
                    StringBuilder out = new StringBuilder("{");
                    Json.number(out, "total", known.prices().size());
                    Json.number(out, "returned", Math.min(limit, known.prices().size()));
                    Json.number(out, "limit", limit);
                    Json.key(out, "data");
                    out.append('{');
                    known.prices().entrySet().stream().limit(limit).forEach(entry -> {
                        Json.key(out, entry.getKey());
                        entry.getValue().appendEntry(out);
                    });
                    JsonAnswers.send(context, 200, out.append("}}").toString());
                })
                .onFailure(context::fail);
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("\\d{1,6}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST_LIMIT) {
                return limit;
            }
        }
        throw new BadRequest("limit must be a whole number from 1 to " + MOST_LIMIT + ", but is " + Printable.of(text));
    }

    private void cached(RoutingContext context) {
        Instrument instrument;
        try {
            instrument = symbols.one(String.valueOf(context.pathParam("symbol")));
        } catch (BadRequest e) {
            JsonAnswers.fail(context, 422, e.text());
            return;
        }
        know().onSuccess(known -> {
                    MergedPrice price = known.prices().get(instrument.symbol());
                    if (price == null) {
                        JsonAnswers.fail(context, 404, "No cached data for " + instrument.symbol());
                        return;
                    }
                    StringBuilder out = new StringBuilder("{");
                    Json.text(out, "symbol", instrument.symbol());
                    Json.key(out, "data");
                    price.appendEntry(out);
                    JsonAnswers.send(context, 200, out.append('}').toString());
                })
                .onFailure(context::fail);
    }

    /** A body of another type would be read as something else; one without a type is taken as JSON. */
    private void requireJson(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (type == null || type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            context.next();
        } else {
            JsonAnswers.fail(context, 415, "Content-Type must be application/json, but is " + Printable.of(type));
        }
    }

    private void subscribe(RoutingContext context) {
        know().onSuccess(known -> {
                    if (known.feed().state() == FeedState.UNCONFIGURED) {
                        JsonAnswers.fail(context, 503, PricesDialect.NOT_CONFIGURED);
                    } else {
                        pin(context, true);
                    }
                })
                .onFailure(context::fail);
    }

    private void unsubscribe(RoutingContext context) {
        pin(context, false);
    }

    private void pin(RoutingContext context, boolean add) {
        Set<Instrument> instruments;
        try {
            instruments = symbols.of(array(context.body().asString()));
        } catch (BadRequest e) {
            JsonAnswers.fail(context, 422, e.text());
            return;
        }
        List<Topic> topics = instruments.stream()
                .flatMap(each -> symbols.topicsOf(each).stream())
                .toList();
        bus.<InterestReport>request(Addresses.PINS, new PinRequest(PricesDialect.PROVIDER, add, topics))
                .onSuccess(report -> JsonAnswers.send(
                        context, 200, pinned(instruments, add, report.body()).encode()))
                .onFailure(context::fail);
    }

    private static JsonObject pinned(Set<Instrument> instruments, boolean add, InterestReport report) {
        return new JsonObject()
                .put("status", "success")
                .put("message", (add ? "Subscribed to " : "Unsubscribed from ") + instruments.size() + " symbols")
                .put(
                        "symbols",
                        new JsonArray(
                                instruments.stream().map(Instrument::symbol).toList()))
                .put("subscribed_total", report.symbols().size());
    }

    private static JsonArray array(@Nullable String body) {
        if (body == null || body.isBlank()) {
            throw new BadRequest("Expected a JSON array of symbols, but the body is empty");
        }
        try {
            if (io.vertx.core.json.Json.decodeValue(body) instanceof JsonArray array) {
                return array;
            }
        } catch (DecodeException e) {
            throw new BadRequest("Invalid JSON");
        }
        throw new BadRequest("Expected a JSON array of symbols");
    }
}
