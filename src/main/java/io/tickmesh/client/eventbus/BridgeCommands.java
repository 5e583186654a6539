package io.tickmesh.client.eventbus;

import io.tickmesh.client.Session;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The addresses that a client may send to. Each replies; sent to without a reply address, none does anything. */
final class BridgeCommands {
    private static final int BAD_REQUEST = 400;

    private final Map<String, Command> commands;
    private long questions;

    private interface Command {
        void run(Session session, @Nullable Object body, String replyAddress);
    }

    /** Asks for the newest value of a topic; says why that cannot be, if so. */
    interface Asking {
        @Nullable
        String ask(Session session, String topic, String replyAddress, long question);
    }

    BridgeCommands(Asking asking, Supplier<JsonObject> time) {
        commands = Map.of(
                "tickmesh.time", (session, body, reply) -> BridgeDialect.deliver(session, reply, time.get()),
                "tickmesh.list", (session, body, reply) -> BridgeDialect.deliver(session, reply, list(session)),
                "tickmesh.snapshot", (session, body, reply) -> snapshot(session, body, reply, asking));
    }

    boolean has(String address) {
        return commands.containsKey(address);
    }

    void run(Session session, String address, @Nullable Object body, String replyAddress) {
        Command command = commands.get(address);
        if (command != null) {
            command.run(session, body, replyAddress);
        }
    }

    private static JsonObject list(Session session) {
        JsonArray addresses = new JsonArray();
        session.memberships().keySet().forEach(subject -> {
            if (subject instanceof TopicAddress address && address.question() == 0) {
                addresses.add(address.text());
            }
        });
        return new JsonObject().put("addresses", addresses);
    }

    private void snapshot(Session session, @Nullable Object body, String replyAddress, Asking asking) {
        if (body instanceof JsonObject object && object.getValue("topic") instanceof String topic) {
            String refusal = asking.ask(session, topic, replyAddress, ++questions);
            if (refusal != null) {
                fail(session, replyAddress, refusal);
            }
        } else {
            fail(session, replyAddress, "the body must be an object with a topic");
        }
    }

    private static void fail(Session session, String replyAddress, String message) {
        session.meters().badRequest();
        BridgeDialect.fail(session, replyAddress, BAD_REQUEST, "RECIPIENT_FAILURE", message);
    }
}
