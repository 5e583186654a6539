package io.tickmesh.channel;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** Sends what a client tells it to whom the client names, and tells the client how many that reached. */
public final class RelayHandler implements MessageHandler {
    @Override
    public String type() {
        return "relay";
    }

    @Override
    public Future<?> handle(ClientMessage message, Outbox outbox) {
        return send(message, outbox)
                .compose(reached -> outbox.toClient(
                        message.client(),
                        new JsonObject()
                                .put("type", "relayed")
                                .put("user", message.user())
                                .put("reached", reached)));
    }

    private static Future<Integer> send(ClientMessage message, Outbox outbox) {
        String name = message.text("name", "");
        JsonObject body = message.body().getJsonObject("message");
        return switch (message.text("to", "")) {
            case "client" -> outbox.toClient(name, body);
            case "user" -> outbox.toUser(name, body);
            case "users" -> outbox.toUsers(texts(message.body().getJsonArray("names")), body);
            case "channel" -> outbox.toChannel(name, body);
            default -> outbox.toAll(body);
        };
    }

    private static List<String> texts(JsonArray names) {
        return names.stream().map(Objects::toString).toList();
    }
}
