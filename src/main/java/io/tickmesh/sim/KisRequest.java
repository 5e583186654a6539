package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A message that asks for a registration or its end.
 *
 * @param fault what is wrong with its form, or null
 */
record KisRequest(
        String approvalKey,
        String trType,
        String trId,
        String trKey,
        @Nullable KisCode fault) {
    static KisRequest of(JsonObject message) {
        @Nullable JsonObject header = object(message, "header");
        @Nullable JsonObject body = object(message, "body");
        @Nullable JsonObject input = body == null ? null : object(body, "input");
        if (header == null || body == null || input == null) {
            return faulty(header == null ? KisCode.OPSP9998 : body == null ? KisCode.OPSP9992 : KisCode.OPSP9991);
        }
        String trKey = text(input, "tr_key");
        String customer = text(header, "custtype");
        String trType = text(header, "tr_type");
        @Nullable
        KisCode fault = trKey.isEmpty()
                ? KisCode.OPSP9990
                : customer.isEmpty()
                        ? KisCode.OPSP9997
                        : !trType.equals("1") && !trType.equals("2")
                                ? KisCode.OPSP8997
                                : !customer.equals("P") && !customer.equals("B") ? KisCode.OPSP8998 : null;
        return new KisRequest(text(header, "approval_key"), trType, text(input, "tr_id"), trKey, fault);
    }

    private static KisRequest faulty(KisCode fault) {
        return new KisRequest("", "", "", "", fault);
    }

    private static @Nullable JsonObject object(JsonObject in, String name) {
        return in.getValue(name) instanceof JsonObject found ? found : null;
    }

    private static String text(JsonObject in, String name) {
        return in.getValue(name) instanceof String found ? found : "";
    }

    boolean registers() {
        return trType.equals("1");
    }

    String id() {
        return KisRegistration.id(trId, trKey);
    }
}
