package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The simulated exchange on a table: no sockets, and a clock that is turned by hand. */
final class UpbitBench {
    /** A Thursday, 08:00:00 UTC. */
    static final long START = 1_827_302_400_000L;

    final UpbitExchange exchange;
    long now = START;
    private int ports = 40_000;

    UpbitBench() {
        this(UpbitSimSettings.DEFAULTS.with("thin_every", 0));
    }

    UpbitBench(UpbitSimSettings settings) {
        exchange = new UpbitExchange(settings);
        exchange.turn(now);
    }

    static String token() {
        return token(
                "HS512", "sim-access-key", "sim-secret-key", UUID.randomUUID().toString());
    }

    static String token(String algorithm, String accessKey, String secretKey, String nonce) {
        String signed = encoded("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}")
                + '.'
                + encoded("{\"access_key\":\"" + accessKey + "\",\"nonce\":\"" + nonce + "\"}");
        String mac = algorithm.equals("HS256") ? "HmacSHA256" : "HmacSHA512";
        return "Bearer " + signed + '.'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(UpbitTokens.signature(mac, secretKey, signed));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String subscribe(String type, String... codes) {
        return request(type, "DEFAULT", codes);
    }

    static String request(String type, String format, String... codes) {
        return new JsonArray()
                .add(new JsonObject().put("ticket", "t-1"))
                .add(new JsonObject().put("type", type).put("codes", new JsonArray(List.of(codes))))
                .add(new JsonObject().put("format", format))
                .encode();
    }

    HttpCall call(String path, Map<String, String> params, Map<String, String> headers) {
        return new HttpCall("GET", path, "", params::get, headers::get, "", "10.0.0.1:" + ports++);
    }

    HttpCall upgrade(String path, Map<String, String> headers) {
        return call(path, Map.of(), headers);
    }

    Reply rest(String path, Map<String, String> params) {
        @Nullable Reply reply = exchange.answer(call(path, params, Map.of()), now);
        if (reply == null) {
            throw new AssertionError("nothing at " + path);
        }
        return reply;
    }

    /** The status that an upgrade gets. */
    int knock(String path, Map<String, String> headers) {
        @Nullable Reply refusal = exchange.refusal(upgrade(path, headers), now);
        return refusal == null ? 101 : refusal.status();
    }

    /** One connection to it. */
    final class Client {
        final RecordingWire wire = new RecordingWire();
        final UpbitSession session;

        Client(HttpCall upgrade) {
            @Nullable Reply refusal = exchange.refusal(upgrade, now);
            if (refusal != null) {
                throw new AssertionError("refused with " + refusal.status());
            }
            session = (UpbitSession) exchange.open(wire, upgrade, now);
        }

        Client say(String text) {
            session.onText(text, now);
            return this;
        }

        /** What came since the last time. */
        List<String> heard() {
            List<String> heard = List.copyOf(wire.payloads);
            wire.payloads.clear();
            return heard;
        }

        List<JsonObject> heardObjects() {
            return heard().stream().map(JsonObject::new).toList();
        }

        SessionRecord record() {
            return exchange.sessions().stream()
                    .filter(each -> each.id() == session.id())
                    .findFirst()
                    .orElseThrow();
        }
    }

    Client connect() {
        return new Client(upgrade("/websocket/v1", Map.of()));
    }

    Client connectPrivately() {
        return new Client(upgrade("/websocket/v1/private", Map.of("Authorization", token())));
    }

    void change(String name, Object value) {
        exchange.change(new JsonObject().put(name, value));
    }

    int fault(String name, String body) {
        return exchange.fault(name, new JsonObject(body), now);
    }

    /** Lets time pass in turns of 10 ms. */
    void pass(long ms) {
        for (long end = now + ms; now < end; ) {
            now = Math.min(end, now + 10);
            exchange.turn(now);
        }
    }
}
