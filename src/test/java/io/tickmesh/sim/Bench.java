package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The simulated exchange on a table: no sockets, and a clock that is turned by hand. */
final class Bench {
    static final long START = 1_827_302_400_000L;
    static final String AUTHENTICATED = "{\"event\":\"login\",\"status\":200,\"message\":\"Authenticated\"}";

    final FmpExchange exchange;
    long now = START;

    Bench(FmpSimSettings settings) {
        exchange = new FmpExchange(settings);
        exchange.turn(now);
    }

    /** One connection to it. */
    final class Client {
        final RecordingWire wire = new RecordingWire();
        final FmpSession session;

        Client(FmpAsset asset) {
            session = exchange.feed(asset).open(wire, "test", null, now);
        }

        Client login(String key) {
            say("{\"event\":\"login\",\"data\":{\"apiKey\":\"" + key + "\"}}");
            return this;
        }

        Client change(String event, String... tickers) {
            say(new JsonObject()
                    .put("event", event)
                    .put("data", new JsonObject().put("ticker", List.of(tickers)))
                    .encode());
            return this;
        }

        void say(String text) {
            session.onText(text, now);
        }
    }

    Client connect(FmpAsset asset) {
        return new Client(asset);
    }

    Client loggedIn(FmpAsset asset) {
        return connect(asset).login("sim-key");
    }

    /** Lets time pass in turns of 10 ms. */
    void pass(long ms) {
        for (long end = now + ms; now < end; ) {
            now = Math.min(end, now + 10);
            exchange.turn(now);
        }
    }

    void fault(String name, String body) {
        exchange.fault(name, new JsonObject(body), now);
    }

    SessionRecord record(Client client) {
        return exchange.sessions().stream()
                .filter(each -> each.id() == client.session.id())
                .findFirst()
                .orElseThrow();
    }
}
