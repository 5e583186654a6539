package io.tickmesh.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The plain server's side of the provider: merges each tick into what is known of its symbol and publishes the frame of
 * contract 1 as a text, with the time of receipt instead of the time of caching.
 */
final class PlainUpstream extends VerticleBase {
    private static final Map<String, String> NAMES = Map.of(
            "lp",
            "last_price",
            "ls",
            "last_size",
            "ap",
            "ask_price",
            "as",
            "ask_size",
            "bp",
            "bid_price",
            "bs",
            "bid_size");

    private final String url;
    private final String apiKey;
    private final List<String> symbols;
    private final AtomicLong ticks;
    private final Map<String, JsonObject> known = new HashMap<>();

    /** Kept: a client that nobody refers to closes its sockets when it is collected. */
    private @Nullable WebSocketClient client;

    PlainUpstream(String url, String apiKey, List<String> symbols, AtomicLong ticks) {
        this.url = url;
        this.apiKey = apiKey;
        this.symbols = symbols;
        this.ticks = ticks;
    }

    @Override
    public Future<?> start() {
        client = vertx.createWebSocketClient();
        return client.connect(new WebSocketConnectOptions().setAbsoluteURI(url)).compose(this::login);
    }

    private Future<?> login(WebSocket socket) {
        socket.textMessageHandler(this::onText);
        socket.closeHandler(closed -> PlainServer.fail(new IllegalStateException("the provider closed the socket")));
        vertx.eventBus().<Boolean>localConsumer(PlainServer.WANTED, message -> want(socket, message.body()));
        return socket.writeTextMessage(request("login", new JsonObject().put("apiKey", apiKey)));
    }

    private void want(WebSocket socket, boolean wanted) {
        JsonArray tickers = new JsonArray();
        symbols.forEach(symbol -> tickers.add(symbol.toLowerCase(Locale.ROOT)));
        socket.writeTextMessage(request(wanted ? "subscribe" : "unsubscribe", new JsonObject().put("ticker", tickers)))
                .onFailure(PlainServer::fail);
    }

    private static String request(String event, JsonObject data) {
        return new JsonObject().put("event", event).put("data", data).encode();
    }

    private void onText(String text) {
        long received = WallClock.micros();
        JsonObject frame = new JsonObject(text);
        String ticker = frame.getString("s");
        if (ticker == null) {
            return;
        }
        ticks.incrementAndGet();
        String symbol = ticker.toUpperCase(Locale.ROOT);
        JsonObject price = known.computeIfAbsent(
                symbol, absent -> new JsonObject().put("type", "price_update").put("symbol", symbol));
        price.put("timestamp", TimeUnit.NANOSECONDS.toMillis(frame.getLong("t")));
        price.put("data_type", frame.getString("type"));
        NAMES.forEach((theirs, ours) -> {
            Object value = frame.getValue(theirs);
            if (value != null) {
                price.put(ours, value);
            }
        });
        price.put("received", received);
        vertx.eventBus().publish(PlainServer.ticksOf(symbol), price.encode());
    }
}
