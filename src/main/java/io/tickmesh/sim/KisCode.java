package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;

/** What the socket answers, by the provider's codes. */
enum KisCode {
    OPSP0000("0", "SUBSCRIBE SUCCESS"),
    OPSP0001("0", "UNSUBSCRIBE SUCCESS"),
    OPSP0002("1", "ALREADY IN SUBSCRIBE"),
    OPSP0003("1", "UNSUBSCRIBE ERROR(not found!)"),
    OPSP0008("1", "MAX SUBSCRIBE OVER"),
    OPSP0010("1", "SUBSCRIBE WARNNING : invalid appkey"),
    OPSP0011("1", "invalid approval : NOT FOUND"),
    OPSP8991("1", "SUBSCRIBE ERROR : invalid tr_id"),
    OPSP8992("1", "SUBSCRIBE ERROR : invalid tr_key"),
    OPSP8993("9", "JSON PARSING ERROR : invalid tr_key"),
    OPSP8996("9", "ALREADY IN USE appkey"),
    OPSP8997("9", "JSON PARSING ERROR : invalid tr_type"),
    OPSP8998("9", "JSON PARSING ERROR : invalid custtype"),
    OPSP9990("9", "tr_key not found"),
    OPSP9991("9", "JSON PARSING ERROR : input not found"),
    OPSP9992("9", "JSON PARSING ERROR : body not found"),
    OPSP9997("9", "JSON PARSING ERROR : custtype not found"),
    OPSP9998("9", "JSON PARSING ERROR : header not found"),
    OPSP9999("9", "JSON PARSING ERROR : invalid json format");

    private final String verdict;
    private final String text;

    KisCode(String verdict, String text) {
        this.verdict = verdict;
        this.text = text;
    }

    /** An answer that names what it answers, unless this code loses that. */
    String answer(String trId, String trKey) {
        if (this == OPSP8993) {
            return message("", "", "N", new JsonObject());
        }
        return verdict.equals("9")
                ? message("(null)", "", "N", new JsonObject())
                : message(trId, trKey, "N", new JsonObject());
    }

    /** An answer to a registration that is held now. */
    String answer(KisRegistration registration) {
        JsonObject output = new JsonObject().put("iv", registration.iv()).put("key", registration.secret());
        boolean encrypted = registration.channel().kind() == KisChannel.Kind.NOTICE;
        return message(
                registration.channel().trId(),
                registration.key(),
                encrypted ? "Y" : "N",
                new JsonObject().put("output", output));
    }

    private String message(String trId, String trKey, String encrypt, JsonObject more) {
        JsonObject header =
                new JsonObject().put("tr_id", trId).put("tr_key", trKey).put("encrypt", encrypt);
        JsonObject body = new JsonObject()
                .put("rt_cd", verdict)
                .put("msg_cd", name())
                .put("msg1", text)
                .mergeIn(more);
        return new JsonObject().put("header", header).put("body", body).encode();
    }
}
