package io.tickmesh.client.stock;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of contract 2. */
final class StockFrames {
    static final String PONG = new JsonObject().put("type", "pong").encode();
    static final String GREETING = new JsonObject()
            .put("type", "connection_established")
            .put("message", StockTexts.GREETING)
            .put("actions", JsonArray.of("subscribe", "unsubscribe", "list_subscriptions", "ping"))
            .encode();

    private StockFrames() {}

    static String error(String message) {
        return new JsonObject().put("type", "error").put("message", message).encode();
    }

    static String warning(List<String> invalid) {
        return new JsonObject()
                .put("type", "warning")
                .put("message", StockTexts.invalid(invalid))
                .encode();
    }

    static String subscribed(
            boolean success, Collection<String> codes, Collection<String> failed, @Nullable String error, int total) {
        return new JsonObject()
                .put("type", "subscription_result")
                .put("success", success)
                .put("subscribed", array(codes))
                .put("failed", array(failed))
                .put("error", error)
                .put("total_subscribed", total)
                .encode();
    }

    /** It cannot fail: the contract leaves open what becomes of codes that are not held; they are not listed. */
    static String unsubscribed(Collection<String> codes, int total) {
        return new JsonObject()
                .put("type", "unsubscription_result")
                .put("success", true)
                .put("unsubscribed", array(codes))
                .putNull("error")
                .put("total_subscribed", total)
                .encode();
    }

    static String list(Collection<String> codes, int active, int most) {
        return new JsonObject()
                .put("type", "subscriptions_list")
                .put("subscribed_codes", array(codes))
                .put("count", codes.size())
                .put("kis_active_subscriptions", active)
                .put("kis_max_subscriptions", most)
                .encode();
    }

    private static JsonArray array(Collection<String> texts) {
        return new JsonArray(List.copyOf(texts));
    }
}
