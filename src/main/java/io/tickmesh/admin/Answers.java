package io.tickmesh.admin;

import io.tickmesh.market.Printable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads requests and writes answers, all JSON; what is wrong with a request is said in {@code detail}. */
final class Answers {
    private Answers() {}

    /** Turns what a route finds out into its answer. */
    static Handler<RoutingContext> of(Function<RoutingContext, Future<JsonObject>> route) {
        return context -> {
            try {
                route.apply(context)
                        .onSuccess(body -> send(context, 200, body))
                        .onFailure(cause -> fail(context, cause));
            } catch (Refusal refusal) {
                fail(context, refusal);
            }
        };
    }

    private static void fail(RoutingContext context, Throwable cause) {
        if (cause instanceof Refusal refusal) {
            fail(context, refusal.status(), refusal.detail());
        } else {
            context.fail(cause);
        }
    }

    static void fail(RoutingContext context, int status, String detail) {
        send(context, status, new JsonObject().put("detail", detail));
    }

    private static void send(RoutingContext context, int status, JsonObject body) {
        if (!context.response().ended()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(body.encode());
        }
    }

    /** Gives the router's own failures the same form. */
    static void mountOn(Router router) {
        router.errorHandler(400, context -> fail(context, 400, "Malformed request"));
        router.errorHandler(
                404,
                context -> fail(
                        context,
                        404,
                        "Nothing at "
                                + Printable.of(String.valueOf(context.request().path()))));
        router.errorHandler(
                405,
                context -> fail(
                        context,
                        405,
                        "Method " + Printable.of(context.request().method().name()) + " is not allowed here"));
        router.errorHandler(413, context -> fail(context, 413, "The body is too large"));
        router.errorHandler(500, context -> fail(context, 500, "Internal error"));
    }

    /** The body, which must be a JSON object. */
    static JsonObject body(RoutingContext context) {
        requireJson(context.request().getHeader("Content-Type"));
        @Nullable String text = context.body().asString();
        if (text == null || text.isBlank()) {
            throw new Refusal(422, "Expected a JSON object, but the body is empty");
        }
        try {
            if (Json.decodeValue(text) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException e) {
            throw new Refusal(400, "Invalid JSON");
        }
        throw new Refusal(422, "Expected a JSON object");
    }

    private static void requireJson(@Nullable String type) {
        if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refusal(415, "Content-Type must be application/json, but is " + Printable.of(type));
        }
    }

    static String text(JsonObject body, String key) {
        if (body.getValue(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new Refusal(422, key + " must be a text");
    }

    static List<String> texts(JsonObject body, String key) {
        if (!(body.getValue(key) instanceof JsonArray array) || array.isEmpty()) {
            throw new Refusal(422, key + " must be an array of at least one text");
        }
        List<String> texts = new ArrayList<>();
        for (Object each : array) {
            if (!(each instanceof String text)) {
                throw new Refusal(422, key + " must be an array of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** The answer to a command that was carried out. */
    static JsonObject done(String command, String target) {
        return new JsonObject().put("status", "done").put("command", command).put("target", target);
    }
}
