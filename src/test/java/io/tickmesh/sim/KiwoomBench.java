package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Simulated Kiwoom on a table: no sockets, and a clock that is turned by hand. */
final class KiwoomBench {
    /** A Friday, 10:00 in Korea. */
    static final long START = 1_790_298_000_000L;

    static final String LOGGED_IN = "{\"trnm\":\"LOGIN\",\"return_code\":0,\"return_msg\":\"\",\"sor_yn\":\"Y\"}";
    static final String REGISTERED = "{\"trnm\":\"REG\",\"return_code\":0,\"return_msg\":\"\"}";
    static final String PING = "{\"trnm\":\"PING\"}";

    final KiwoomExchange exchange;
    long now = START;

    KiwoomBench(KiwoomSimSettings settings) {
        exchange = new KiwoomExchange(settings);
        exchange.turn(now);
    }

    static HttpCall call(String path, Map<String, String> headers, JsonObject body, String host) {
        return new HttpCall("POST", path, "", name -> null, headers::get, body.encode(), host + ":4711");
    }

    Reply post(String path, Map<String, String> headers, JsonObject body) {
        return post(path, headers, body, "10.0.0.1");
    }

    Reply post(String path, Map<String, String> headers, JsonObject body, String host) {
        return Objects.requireNonNull(exchange.answer(call(path, headers, body, host), now));
    }

    JsonObject oauth(String path, JsonObject body) {
        return new JsonObject(post("/oauth2/" + path, Map.of("content-type", "application/json"), body)
                .body());
    }

    static JsonObject credentials() {
        return new JsonObject()
                .put("grant_type", "client_credentials")
                .put("appkey", "sim-app-key")
                .put("secretkey", "sim-app-secret");
    }

    String token() {
        return oauth("token", credentials()).getString("token");
    }

    Reply query(String path, String api, String token, String codes) {
        return post(
                path,
                Map.of(
                        "content-type",
                        "application/json;charset=UTF-8",
                        "api-id",
                        api,
                        "authorization",
                        "Bearer " + token),
                new JsonObject().put("stk_cd", codes));
    }

    JsonObject quote(String token, String code) {
        return new JsonObject(
                query("/api/dostk/stkinfo", "ka10001", token, code).body());
    }

    /** One connection to it. */
    final class Client {
        final RecordingWire wire = new RecordingWire();
        final KiwoomSession session;

        Client() {
            session = exchange.open(wire, call(KiwoomExchange.SOCKET, Map.of(), new JsonObject(), "10.0.0.1"), now);
        }

        Client login(String token) {
            say(new JsonObject().put("trnm", "LOGIN").put("token", token).encode());
            pass(40);
            return this;
        }

        Client register(String group, List<String> items, String... types) {
            return change("REG", group, "1", items, types);
        }

        Client change(String trnm, String group, String refresh, List<String> items, String... types) {
            say(new JsonObject()
                    .put("trnm", trnm)
                    .put("grp_no", group)
                    .put("refresh", refresh)
                    .put(
                            "data",
                            new JsonArray()
                                    .add(new JsonObject()
                                            .put("item", new JsonArray(items))
                                            .put("type", new JsonArray(List.of(types)))))
                    .encode());
            return this;
        }

        void say(String text) {
            session.onText(text, now);
        }

        /** Lets time pass as a good client does. */
        void live(long ms) {
            for (long end = now + ms; now < end; ) {
                int seen = wire.texts.size();
                pass(10);
                wire.texts.subList(seen, wire.texts.size()).stream()
                        .filter(PING::equals)
                        .toList()
                        .forEach(this::say);
            }
        }

        /** The market data so far, entry by entry. */
        List<JsonObject> entries() {
            List<JsonObject> entries = new ArrayList<>();
            frames().forEach(frame -> frame.getJsonArray("data").forEach(each -> entries.add((JsonObject) each)));
            return entries;
        }

        List<JsonObject> entries(String type) {
            return entries().stream()
                    .filter(each -> each.getString("type").equals(type))
                    .toList();
        }

        List<JsonObject> frames() {
            return wire.texts.stream()
                    .filter(each -> each.contains("\"REAL\""))
                    .map(JsonObject::new)
                    .toList();
        }

        JsonObject answer() {
            return new JsonObject(wire.last());
        }
    }

    Client connect() {
        return new Client();
    }

    Client loggedIn() {
        return connect().login(token());
    }

    /** Lets time pass in turns of 10 ms. */
    void pass(long ms) {
        for (long end = now + ms; now < end; ) {
            now = Math.min(end, now + 10);
            exchange.turn(now);
        }
    }

    int fault(String name, String body) {
        return exchange.fault(name, new JsonObject(body), now);
    }

    void change(String name, Object value) {
        exchange.change(new JsonObject().put(name, value));
    }

    SessionRecord record(Client client) {
        return exchange.sessions().stream()
                .filter(each -> each.id() == client.session.id())
                .findFirst()
                .orElseThrow();
    }
}
