package io.tickmesh.client.prices;

import io.tickmesh.client.Audience;
import io.tickmesh.client.Dialect;
import io.tickmesh.client.DialectMeters;
import io.tickmesh.client.JsonRequest;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Membership;
import io.tickmesh.client.Session;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Printable;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Contract 1 on a socket: {@code subscribe}, {@code unsubscribe}, {@code get_subscriptions}, {@code ping}. */
public final class PricesDialect implements Dialect {
    /** The dialect's name in metrics and interest reports. */
    public static final String NAME = "prices";

    static final String PROVIDER = "fmp";
    static final String CONNECTION_CLOSED = "WebSocket connection closed";
    static final String ATTEMPTS_REACHED = "Max reconnection attempts reached";
    static final String NOT_CONFIGURED = "FMP API Key not configured";
    /** The original gave up after so many; this service says so and goes on. */
    static final int ATTEMPTS_OF_CONTRACT = 5;

    private final Symbols symbols;
    private final Catalog catalog;
    private final int topicsPerSession;

    public PricesDialect(Catalog catalog, LimitsConfig limits) {
        this.catalog = catalog;
        this.symbols = new Symbols(catalog, limits.symbolsPerRequest());
        this.topicsPerSession = limits.topicsPerSession();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void onOpen(Session session) {
        session.send("{\"type\":\"connected\",\"message\":\"Connected to real-time price stream\"}");
    }

    @Override
    public void onText(Session session, String text) {
        try {
            onRequest(session, JsonRequest.object(text));
        } catch (BadRequest e) {
            refuse(session, e.text());
        }
    }

    @Override
    public void onBinary(Session session) {
        refuse(session, "Binary frames are not supported, send JSON text");
    }

    @Override
    public void onTooFast(Session session, String words) {
        sendError(session, words);
    }

    private static void refuse(Session session, String message) {
        session.meters().badRequest();
        sendError(session, message);
    }

    private static void sendError(Session session, String message) {
        session.send(
                new JsonObject().put("type", "error").put("message", message).encode());
    }

    private void onRequest(Session session, JsonObject request) {
        String action = JsonRequest.text(request, "action");
        switch (action) {
            case "subscribe" -> subscribe(session, symbols.of(request));
            case "unsubscribe" -> unsubscribe(session, symbols.of(request));
            case "get_subscriptions" -> answer(session, "list", held(session));
            case "ping" -> session.send("{\"type\":\"pong\"}");
            default -> throw new BadRequest("Unknown action: " + Printable.of(action));
        }
    }

    private void subscribe(Session session, Collection<Instrument> wanted) {
        requireConfigured(session, wanted);
        long fresh = wanted.stream()
                .filter(each -> !session.memberships().containsKey(each))
                .count();
        if (session.memberships().size() + fresh > topicsPerSession) {
            throw new BadRequest("too many symbols: this connection may hold at most " + topicsPerSession);
        }
        List<Membership> joined = new ArrayList<>();
        for (Instrument instrument : wanted) {
            Membership member = session.hub().join(session, instrument);
            if (member != null) {
                joined.add(member);
            }
        }
        answer(session, "subscribed", wanted);
        joined.forEach(Membership::activate);
    }

    private void requireConfigured(Session session, Collection<Instrument> wanted) {
        for (Instrument instrument : wanted) {
            FeedStatus feed = session.hub().feedOf(catalog.poolOf(Topic.of(Kind.QUOTE, instrument)));
            if (feed != null && feed.state() == FeedState.UNCONFIGURED) {
                throw new BadRequest(NOT_CONFIGURED);
            }
        }
    }

    private static void unsubscribe(Session session, Collection<Instrument> unwanted) {
        unwanted.forEach(instrument -> session.hub().leave(session, instrument));
        answer(session, "unsubscribed", unwanted);
    }

    private static List<Instrument> held(Session session) {
        return session.memberships().keySet().stream()
                .map(Instrument.class::cast)
                .toList();
    }

    private static void answer(Session session, String action, Collection<Instrument> instruments) {
        session.send(new JsonObject()
                .put("type", "subscription")
                .put("action", action)
                .put(
                        "symbols",
                        new JsonArray(
                                instruments.stream().map(Instrument::symbol).toList()))
                .put("subscribed_total", session.memberships().size())
                .encode());
    }

    @Override
    public void onFeed(FeedStatus before, FeedStatus now, Iterable<Session> sessions) {
        boolean lost = before.state().connected() && !now.state().connected();
        boolean hopeless = before.attempts() <= ATTEMPTS_OF_CONTRACT && now.attempts() > ATTEMPTS_OF_CONTRACT;
        if (!now.provider().equals(PROVIDER) || (!lost && !hopeless)) {
            return;
        }
        for (Session session : sessions) {
            if (session.dialect() == this && watches(session, now.pool())) {
                sendError(session, lost ? CONNECTION_CLOSED : ATTEMPTS_REACHED);
            }
        }
    }

    private boolean watches(Session session, String pool) {
        return held(session).stream()
                .anyMatch(instrument ->
                        catalog.poolOf(Topic.of(Kind.QUOTE, instrument)).equals(pool));
    }

    @Override
    public Audience audienceOf(Object subject, DialectMeters meters) {
        Instrument instrument = (Instrument) subject;
        return new PriceAudience(symbols.topicsOf(instrument), symbols.nothingKnownOf(instrument), meters);
    }
}
