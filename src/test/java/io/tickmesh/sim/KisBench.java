package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Simulated KIS on a table: no sockets, and a clock that is turned by hand. */
final class KisBench {
    static final long START = 1_827_302_400_000L;

    final KisExchange exchange;
    long now = START;

    KisBench(KisSimSettings settings) {
        exchange = new KisExchange(settings);
        exchange.turn(now);
    }

    /** One connection to it. */
    final class Client {
        final RecordingWire wire = new RecordingWire();
        final Peer session = exchange.open(wire, call("GET", "/tryitout", Map.of(), Map.of(), ""), now);

        Client say(String text) {
            session.onText(text, now);
            pass(30);
            return this;
        }

        Client ask(String approval, String type, String trId, String trKey) {
            return say(request(approval, type, trId, trKey));
        }

        /** The codes of all answers so far. */
        List<String> codes() {
            return wire.texts.stream()
                    .filter(each -> each.startsWith("{") && each.contains("\"body\""))
                    .map(each -> new JsonObject(each).getJsonObject("body").getString("msg_cd"))
                    .toList();
        }

        List<String> data() {
            return wire.texts.stream().filter(each -> !each.startsWith("{")).toList();
        }
    }

    static String request(String approval, String type, String trId, String trKey) {
        return new JsonObject()
                .put(
                        "header",
                        new JsonObject()
                                .put("approval_key", approval)
                                .put("custtype", "P")
                                .put("tr_type", type)
                                .put("content-type", "utf-8"))
                .put(
                        "body",
                        new JsonObject()
                                .put(
                                        "input",
                                        new JsonObject().put("tr_id", trId).put("tr_key", trKey)))
                .encode();
    }

    Client connect() {
        return new Client();
    }

    static HttpCall call(
            String method, String path, Map<String, String> params, Map<String, String> headers, String body) {
        return new HttpCall(method, path, "", params::get, headers::get, body, "10.0.0.1:5000");
    }

    Reply post(String path, JsonObject body) {
        return Objects.requireNonNull(exchange.answer(call("POST", path, Map.of(), Map.of(), body.encode()), now));
    }

    static JsonObject account(String secretName) {
        return new JsonObject()
                .put("grant_type", "client_credentials")
                .put("appkey", "sim-app-key")
                .put(secretName, "sim-app-secret");
    }

    String approval() {
        pass(1_000);
        return new JsonObject(post("/oauth2/Approval", account("secretkey")).body()).getString("approval_key");
    }

    String token() {
        return new JsonObject(post("/oauth2/tokenP", account("appsecret")).body()).getString("access_token");
    }

    Reply quotation(String name, String trId, String token, Map<String, String> params) {
        Map<String, String> headers = Map.of(
                "authorization", "Bearer " + token,
                "appkey", "sim-app-key",
                "appsecret", "sim-app-secret",
                "tr_id", trId,
                "custtype", "P");
        return Objects.requireNonNull(
                exchange.answer(call("GET", "/uapi/domestic-stock/v1/quotations/" + name, params, headers, ""), now));
    }

    /** Lets time pass in turns of 10 ms. */
    void pass(long ms) {
        for (long end = now + ms; now < end; ) {
            now = Math.min(end, now + 10);
            exchange.turn(now);
        }
    }

    void change(String name, Object value) {
        exchange.change(new JsonObject().put(name, value));
    }

    int fault(String name, String body) {
        return exchange.fault(name, new JsonObject(body), now);
    }
}
