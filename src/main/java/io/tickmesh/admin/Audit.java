package io.tickmesh.admin;

import io.tickmesh.market.Printable;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who commanded what and what came of it, the refused ones too: one line each. */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger("io.tickmesh.audit");
    private static final String ENTRY = "tickmesh.audit";

    private final Metrics metrics;

    Audit(Metrics metrics) {
        this.metrics = metrics;
    }

    private record Entry(String command, String target, String arguments) {}

    /** Whether a request may change anything. */
    static boolean isCommand(HttpServerRequest request) {
        return !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
    }

    /** Says, as soon as it is known, what the request is about. */
    static void note(RoutingContext context, String command, String target, JsonObject arguments) {
        context.put(ENTRY, new Entry(command, target, arguments.isEmpty() ? "" : arguments.encode()));
    }

    void watch(RoutingContext context) {
        if (isCommand(context.request())) {
            String address = context.request().remoteAddress().toString();
            context.addEndHandler(ended -> write(context, address));
        }
        context.next();
    }

    private void write(RoutingContext context, String address) {
        HttpServerRequest request = context.request();
        Entry entry = context.get(ENTRY);
        Entry written = entry != null
                ? entry
                : new Entry("none", request.method().name() + ' ' + String.valueOf(request.path()), "");
        // an operator who hung up before the end was told nothing
        String status =
                context.response().ended() ? Integer.toString(context.response().getStatusCode()) : "unanswered";
        metrics.counter(Count.ADMIN_COMMANDS, written.command(), status).increment();
        LOG.atInfo()
                .addKeyValue("by", context.get(Guard.BY, "nobody"))
                .addKeyValue("address", address)
                .addKeyValue("command", written.command())
                .addKeyValue("target", Printable.of(written.target()))
                .addKeyValue("arguments", written.arguments())
                .addKeyValue("status", status)
                .log("command");
    }
}
