package io.tickmesh.client.stock;

import io.tickmesh.client.JsonRequest;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.market.Printable;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The codes of a request, each once, in its order.
 *
 * @param sound six digits, as the provider writes them
 * @param invalid the others, fit to be repeated
 */
record Codes(List<String> sound, List<String> invalid) {
    private static final int LENGTH = 6;

    static Codes of(JsonObject request, int most) {
        if (request.getValue("codes") == null) {
            throw new BadRequest(StockTexts.NO_CODES);
        }
        Set<String> sound = new LinkedHashSet<>();
        Set<String> invalid = new LinkedHashSet<>();
        for (String code : JsonRequest.texts(request, "codes", most)) {
            if (isSound(code)) {
                sound.add(code);
            } else {
                invalid.add(Printable.of(code));
            }
        }
        return new Codes(List.copyOf(sound), List.copyOf(invalid));
    }

    private static boolean isSound(String code) {
        return code.length() == LENGTH && code.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
