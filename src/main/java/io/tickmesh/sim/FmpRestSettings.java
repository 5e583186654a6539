package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How REST answers.
 *
 * @param perMinute requests that a key may make in a minute
 * @param v3Refused {@code /api/v3} answers 403, as it does to accounts from after August 2025
 * @param batchRefused the batch endpoints answer 402, as they do on lower plans
 * @param premiumSymbols upper-case symbols outside the plan: 402, in plain text
 * @param errorsWith200 wrong keys and exhausted limits are answered with status 200
 * @param nullFields fields of a quote that are null
 */
public record FmpRestSettings(
        int perMinute,
        boolean v3Refused,
        boolean batchRefused,
        List<String> premiumSymbols,
        boolean errorsWith200,
        List<String> nullFields) {

    static final FmpRestSettings DEFAULTS = new FmpRestSettings(300, false, false, List.of(), false, List.of());

    public FmpRestSettings {
        premiumSymbols = List.copyOf(premiumSymbols);
        nullFields = List.copyOf(nullFields);
    }

    FmpRestSettings patched(Fields in) {
        return new FmpRestSettings(
                in.integer("rest_per_minute", perMinute, 0, 1_000_000),
                in.flag("rest_v3_refused", v3Refused),
                in.flag("rest_batch_refused", batchRefused),
                in.texts("rest_premium_symbols", premiumSymbols),
                in.flag("rest_errors_with_200", errorsWith200),
                in.texts("rest_null_fields", nullFields));
    }

    void putInto(JsonObject out) {
        out.put("rest_per_minute", perMinute)
                .put("rest_v3_refused", v3Refused)
                .put("rest_batch_refused", batchRefused)
                .put("rest_premium_symbols", new JsonArray(premiumSymbols))
                .put("rest_errors_with_200", errorsWith200)
                .put("rest_null_fields", new JsonArray(nullFields));
    }
}
