package io.tickmesh.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Where clients connect, and how they ask for symbols there. */
enum Door {
    /** Contract 1, at a node and at the plain server. */
    PRICES("/api/v2/realtime/ws/prices") {
        @Override
        String subscribe(List<String> symbols) {
            return new JsonObject()
                    .put("action", "subscribe")
                    .put("symbols", new JsonArray(symbols))
                    .encode();
        }
    },
    /** The native dialect: the trades and the quotes of each symbol. */
    STREAM("/stream") {
        @Override
        String subscribe(List<String> symbols) {
            JsonArray topics = new JsonArray();
            symbols.forEach(symbol -> topics.add("trade/fmp:" + symbol).add("quote/fmp:" + symbol));
            return new JsonObject()
                    .put("type", "subscribe")
                    .put("topics", topics)
                    .encode();
        }
    };

    private final String path;

    Door(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** The one request of a client. */
    abstract String subscribe(List<String> symbols);
}
