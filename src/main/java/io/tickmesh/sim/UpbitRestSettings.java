package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/**
 * How REST answers.
 *
 * @param perSecond requests of a group in any second per address; 0 for no limit
 * @param stringPrices some prices of a ticker are texts, as one captured answer has them
 */
public record UpbitRestSettings(int perSecond, boolean stringPrices) {
    static final UpbitRestSettings DEFAULTS = new UpbitRestSettings(10, false);

    UpbitRestSettings patched(Fields in) {
        return new UpbitRestSettings(
                in.integer("rest_per_second", perSecond, 0, 10_000), in.flag("rest_string_prices", stringPrices));
    }

    void putInto(JsonObject out) {
        out.put("rest_per_second", perSecond).put("rest_string_prices", stringPrices);
    }
}
