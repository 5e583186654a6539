package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Who may connect, and how often.
 *
 * @param keys pairs {@code access-key:secret-key} that may sign tokens
 * @param uuidNonce the nonce of a token must be a UUID, as the provider's documents say
 * @param unauthorized what a private connection without a good token gets
 * @param connectPerSecond handshakes in any second per address, on the private path per access key; 0 for no limit
 * @param originWindowMs requests with an {@code Origin} header: one per address in so long; 0 for no limit
 * @param blockAfter so many refusals in a row, and the next is a block; 0 for never
 * @param blockMs length of the first block, doubled with each further one
 * @param blockMaxMs a block is never longer
 * @param privateCap private connections that an access key may have open; 0 for no limit
 * @param publicOnPrivate the private path serves public types too
 */
public record UpbitAccessSettings(
        List<String> keys,
        boolean uuidNonce,
        Unauthorized unauthorized,
        int connectPerSecond,
        int originWindowMs,
        int blockAfter,
        int blockMs,
        int blockMaxMs,
        int privateCap,
        boolean publicOnPrivate) {

    /** How a bad token is told. */
    public enum Unauthorized {
        STATUS_401,
        /** The upgrade is accepted, and each request is answered with {@code INVALID_AUTH}. */
        ERROR_FRAME
    }

    static final UpbitAccessSettings DEFAULTS = new UpbitAccessSettings(
            List.of(UpbitSimulator.DEFAULT_ACCESS_KEY + ':' + UpbitSimulator.DEFAULT_SECRET_KEY),
            true,
            Unauthorized.STATUS_401,
            5,
            10_000,
            10,
            10_000,
            600_000,
            10,
            false);

    public UpbitAccessSettings {
        keys = List.copyOf(keys);
        if (!keys.stream().allMatch(each -> each.matches("[^:]+:.+"))) {
            throw new IllegalArgumentException("'keys' must be a list of access-key:secret-key");
        }
    }

    UpbitAccessSettings patched(Fields in) {
        return new UpbitAccessSettings(
                in.texts("keys", keys),
                in.flag("uuid_nonce", uuidNonce),
                in.choice("unauthorized", unauthorized),
                in.integer("connect_per_second", connectPerSecond, 0, 10_000),
                in.integer("origin_window_ms", originWindowMs, 0, Integer.MAX_VALUE),
                in.integer("block_after", blockAfter, 0, Integer.MAX_VALUE),
                in.integer("block_ms", blockMs, 1, Integer.MAX_VALUE),
                in.integer("block_max_ms", blockMaxMs, 1, Integer.MAX_VALUE),
                in.integer("private_cap", privateCap, 0, Integer.MAX_VALUE),
                in.flag("public_on_private", publicOnPrivate));
    }

    void putInto(JsonObject out) {
        out.put("keys", new JsonArray(keys))
                .put("uuid_nonce", uuidNonce)
                .put("unauthorized", Fields.nameOf(unauthorized))
                .put("connect_per_second", connectPerSecond)
                .put("origin_window_ms", originWindowMs)
                .put("block_after", blockAfter)
                .put("block_ms", blockMs)
                .put("block_max_ms", blockMaxMs)
                .put("private_cap", privateCap)
                .put("public_on_private", publicOnPrivate);
    }
}
