package io.tickmesh.client;

import io.tickmesh.market.Printable;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Answers of REST routes, errors included, as JSON. */
public final class JsonAnswers {
    private JsonAnswers() {}

    public static void send(RoutingContext context, int status, String json) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json);
    }

    /** An error in the contracts' form: {@code detail} says what was wrong. */
    public static void fail(RoutingContext context, int status, String detail) {
        StringBuilder body = new StringBuilder("{");
        Json.text(body, "detail", detail);
        send(context, status, body.append('}').toString());
    }

    /** Gives the router's own failures that form too. */
    static void mountOn(Router router, int mostBodyBytes) {
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
        router.errorHandler(413, context -> fail(context, 413, "Body is larger than " + mostBodyBytes + " bytes"));
        router.errorHandler(500, context -> fail(context, 500, "Internal error"));
    }
}
