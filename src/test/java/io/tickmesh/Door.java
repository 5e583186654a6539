package io.tickmesh;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** A way into a node over a WebSocket, and what its dialect calls the same few things. Fragments of JSON tell answers apart. */
enum Door {
    PRICES(
            "prices",
            "/api/v2/realtime/ws/prices",
            "{'action':'ping'}",
            "{'action':'subscribe','symbols':['BYTE']}",
            "'type':'pong'",
            "'type':'price_update'"),
    STOCK(
            "stock",
            "/ws/stock/",
            "{'action':'ping'}",
            "{'action':'subscribe','codes':['005930']}",
            "'type':'pong'",
            "'type':'stock_price'"),
    CHANNELS(
            "channels",
            "/ws/",
            "{'type':'ping'}",
            "{'type':'subscribe','channel':'bytes'}",
            "'type':'pong'",
            "'type':'news'"),
    STREAM(
            "stream",
            "/stream",
            "{'type':'ping'}",
            "{'type':'subscribe','topics':['trade/fmp:BYTE']}",
            "'type':'pong'",
            "'type':'tick'"),
    SOCKJS_RAW(STREAM, "/sockjs/stream/websocket"),
    SOCKJS(STREAM, "/sockjs/stream/0/"),
    EVENT_BUS(
            "eventbus",
            "/eventbus/websocket",
            "{'type':'send','address':'tickmesh.time','replyAddress':'reply','body':{}}",
            "{'type':'register','address':'ticks.trade/fmp:BYTE'}",
            "'address':'reply'",
            "'type':'tick'");

    final String dialect;
    private final String path;
    final String ping;
    final String subscribe;
    final String pong;
    final String tick;

    Door(String dialect, String path, String ping, String subscribe, String pong, String tick) {
        this.dialect = dialect;
        this.path = path;
        this.ping = quoted(ping);
        this.subscribe = quoted(subscribe);
        this.pong = quoted(pong);
        this.tick = quoted(tick);
    }

    Door(Door same, String path) {
        this(same.dialect, path, same.ping, same.subscribe, same.pong, same.tick);
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    /** A path that no other client has, where that matters. */
    String path() {
        return switch (this) {
            case CHANNELS -> path + UUID.randomUUID();
            case SOCKJS -> path + UUID.randomUUID() + "/websocket";
            default -> path;
        };
    }

    /** The text of a frame that carries a message of the dialect. */
    String framed(String message) {
        return this == SOCKJS ? new JsonArray().add(message).encode() : message;
    }

    /** A request whose answer has that word in it, and that of no other request has. */
    String asking(String word) {
        return switch (this) {
            case PRICES, STOCK -> "{\"action\":\"" + word + "\"}";
            case EVENT_BUS -> ping.replace("reply\"", word + '"');
            default -> "{\"type\":\"" + word + "\"}";
        };
    }

    boolean isError(String message) {
        return new JsonObject(message).getString("type").startsWith("err");
    }

    /** What the dialect says to a client that sends too much. */
    String tooFast() {
        return this == EVENT_BUS
                ? "{\"type\":\"err\",\"body\":\"too_fast\"}"
                : "more than " + perSecond() + " requests per second";
    }

    /** How many messages of a client are served in the long run. */
    int perSecond() {
        return this == CHANNELS ? 2_000 : 200;
    }

    /** Makes something move at every door that {@link #subscribe} was sent to. */
    static void move(NodeUnderTest node) {
        node.emit(
                "stock",
                "{'s':'byte','t':%d,'type':'T','lp':1.5,'ls':1}".formatted(System.currentTimeMillis() * 1_000_000));
        node.sendTo("channel/bytes", "{'type':'news'}");
    }
}
